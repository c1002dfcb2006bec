package cn.mingmian.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Gives a reader bent bytes for a while. Each time it may read them or refuse them by the
// exception
/// it promises; anything else, a read that takes too long, or one that asks for too much memory is
// a
/// crash, and its input is written to `target/fuzz-crashes`, from where it moves to the corpus.
///
/// A second a target, and 300 inputs at least; longer by `-Dmingmian.fuzz.seconds=600`, again by
// `-Dmingmian.fuzz.seed=...`.
/// One thread.
public final class Fuzz {
  private static final Duration SLOWEST = Duration.ofSeconds(10);
  private static final int FEWEST_RUNS = 300;
  private static final long MOST_MEMORY = 512L << 20;

  /// Pieces that parsers of notes, JSON, multipart and lists care about.
  private static final List<byte[]> PIECES =
      Stream.of(
              "\n\n",
              "\r\n",
              "\u2014 ",
              "+",
              "=",
              "\"",
              "\\",
              "\\u0000",
              "{",
              "}",
              "[",
              "]",
              ",",
              ":",
              "null",
              "1e999",
              "-0",
              "18446744073709551616",
              "\t",
              "--",
              "\u0000",
              "\ud7ff",
              ";",
              "name=\"",
              "../",
              "[".repeat(500),
              "9".repeat(400))
          .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final String target;
  private final List<byte[]> corpus = new ArrayList<>();

  private Fuzz(String target) {
    this.target = target;
  }

  /// @param target names it in the report
  public static Fuzz of(String target) {
    return new Fuzz(target);
  }

  /// Adds good input to bend.
  public Fuzz with(byte[] good) {
    corpus.add(good.clone());
    return this;
  }

  /// Adds every file of a folder.
  public Fuzz with(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("corpus `%s`".formatted(folder), e);
    }
    return this;
  }

  /// Reads bytes; what it throws is the refusal it promises, or a crash.
  @FunctionalInterface
  public interface Reader {
    void read(byte[] bytes) throws Exception;
  }

  /// @param runs    inputs that were read
  /// @param refused of them
  public record Report(String target, long runs, long refused, long seed) {
    @Override
    public String toString() {
      return "fuzz %s: %,d runs, %,d refused, seed %d".formatted(target, runs, refused, seed);
    }
  }

  /// Reads the corpus as it is, then bent, until the time is over.
  ///
  /// @param refusal what the reader throws at input it does not take
  /// @throws AssertionError at the first crash, naming seed, run and where the input lies
  public Report run(Class<? extends Exception> refusal, Reader reader) {
    if (corpus.isEmpty()) throw new IllegalStateException("`%s` has no corpus".formatted(target));
    long seed = Long.getLong("mingmian.fuzz.seed", new SecureRandom().nextLong());
    long end =
        System.nanoTime()
            + Duration.ofSeconds(Integer.getInteger("mingmian.fuzz.seconds", 1)).toNanos();
    Random random = new Random(seed);
    long runs = 0;
    long refused = 0;
    while (runs < FEWEST_RUNS || System.nanoTime() < end) {
      byte[] input =
          runs < corpus.size()
              ? corpus.get((int) runs)
              : bent(corpus.get(random.nextInt(corpus.size())), random);
      if (refuses(input, refusal, reader, "seed %d, run %d".formatted(seed, runs))) refused++;
      runs++;
    }
    return new Report(target, runs, refused, seed);
  }

  private boolean refuses(
      byte[] input, Class<? extends Exception> refusal, Reader reader, String when) {
    boolean refused = false;
    long memory = allocated();
    long begun = System.nanoTime();
    try {
      reader.read(input.clone());
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      if (!refusal.isInstance(e)) throw crash(input, when, e.toString(), e);
      refused = true;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    if (took.compareTo(SLOWEST) > 0) throw crash(input, when, "took " + took, null);
    long asked = allocated() - memory;
    if (asked > MOST_MEMORY) throw crash(input, when, "asked for %,d bytes".formatted(asked), null);
    return refused;
  }

  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }

  private AssertionError crash(
      byte[] input, String when, String what, @org.jspecify.annotations.Nullable Throwable cause) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz-crashes"));
      Path file = Files.write(folder.resolve(name(input)), input);
      return new AssertionError(
          "%s, %s: %s; the input is in `%s`".formatted(target, when, what, file), cause);
    } catch (IOException e) {
      throw new UncheckedIOException("the input of a crash could not be kept", e);
    }
  }

  private String name(byte[] input) {
    return "%s-%08x".formatted(target.replaceAll("[^a-z0-9]+", "-"), Arrays.hashCode(input));
  }

  /// Up to four changes: a bit, a hole, a doubled stretch, noise, a cut, a piece that parsers know.
  private static byte[] bent(byte[] good, Random random) {
    byte[] bent = good.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(Math.max(1, bent.length));
      int length = Math.min(random.nextInt(24), bent.length - at);
      switch (random.nextInt(6)) {
        case 0 -> {
          if (bent.length > 0) bent[at] ^= (byte) (1 << random.nextInt(8));
        }
        case 1 -> bent = spliced(bent, at, at + length, new byte[0]);
        case 2 -> bent = spliced(bent, at, at, Arrays.copyOfRange(bent, at, at + length));
        case 3 -> {
          byte[] noise = new byte[length];
          random.nextBytes(noise);
          bent = spliced(bent, at, at + length, noise);
        }
        case 4 -> bent = Arrays.copyOf(bent, at);
        default -> bent = spliced(bent, at, at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return bent;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    byte[] all = Arrays.copyOf(bytes, from + between.length + bytes.length - to);
    System.arraycopy(between, 0, all, from, between.length);
    System.arraycopy(bytes, to, all, from + between.length, bytes.length - to);
    return all;
  }
}
