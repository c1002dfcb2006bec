package cn.mingmian.benchmarks;

import cn.mingmian.vault.Binding;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.KeyId;
import cn.mingmian.vault.ModelId;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.SearchResult;
import cn.mingmian.vault.TemplateId;
import cn.mingmian.vault.Vault;
import cn.mingmian.vault.VaultOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Exact search over one gallery of 512 values, one thread, through the vault's own door, beside
/// what the machine needs to only read as many bytes. Searches and readings take turns, so that a
/// busy machine slows all alike; processor time of the thread is told beside time on the clock.
///
/// The sealed gallery is made once under `-Dmingmian.bench=DIR` (default: `mingmian-bench` in the
/// directory for temporary files; a memory disk makes it quick) and used again by later runs.
/// With `-Dmingmian.vectors=FILE` the same vectors, and after them the stranger and the member that
/// are searched for, are written there as floats of this machine's byte order, for other programs.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector -Xmx3g \
///   -cp 'benchmarks/target/classes:benchmarks/target/lib/*' \
///   cn.mingmian.benchmarks.SearchBenchmark [TEMPLATES] [ROUNDS] [BYTES|FLOATS]
/// ```
public final class SearchBenchmark implements AutoCloseable {
  private static final int DIMENSIONS = 512;
  private static final ModelId MODEL = new ModelId("benchmark-512", "1");
  private static final GalleryId GALLERY = new GalleryId(1, 1);
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment stranger;
  private final MemorySegment member;
  private final List<MemorySegment> bytes = new ArrayList<>();
  private final Set<TemplateId> consenting = new HashSet<>();
  private final RootKey root;
  private final Vault vault;
  private long sink;

  private SearchBenchmark(int templates, VaultOptions.Scan scan) throws IOException {
    Path base =
        Path.of(
            System.getProperty(
                "mingmian.bench", System.getProperty("java.io.tmpdir") + "/mingmian-bench"));
    Path directory = base.resolve("gallery-" + templates);
    Files.createDirectories(directory);
    Path rootFile = directory.resolve("root.key");
    SecureRandom random = new SecureRandom();
    boolean there = Files.exists(rootFile);
    root = there ? RootKey.fromFile(rootFile) : RootKey.createFile(rootFile, random);
    vault =
        Vault.open(
            directory.resolve("vault"),
            root,
            random,
            InstantSource.system(),
            VaultOptions.defaults().with(scan));
    Binding binding = new Binding(MODEL, "benchmark", GALLERY);
    MemorySegment floats = arena.allocate(DIMENSIONS * 4L, 64);
    for (int i = vault.size(GALLERY); i < templates; i++) {
      unit(i, floats);
      vault.seal(new TemplateId(2, i), KeyId.random(random), binding, floats, Instant.MAX);
    }
    long began = System.nanoTime();
    vault.load(GALLERY, done -> {});
    System.out.printf(
        "%n%d templates loaded in %.1f s, kernel %s%n",
        vault.size(GALLERY), (System.nanoTime() - began) / 1e9, vault.kernel());
    stranger = arena.allocate(DIMENSIONS * 4L, 64);
    unit(-1, stranger);
    member = arena.allocate(DIMENSIONS * 4L, 64);
    unit(templates / 2, member);
    for (int i = 0; i < DIMENSIONS; i++) {
      float noise = (float) new Random(i).nextGaussian() * 0.04f;
      member.setAtIndex(
          ValueLayout.JAVA_FLOAT, i, member.getAtIndex(ValueLayout.JAVA_FLOAT, i) + noise);
    }
    String vectors = System.getProperty("mingmian.vectors");
    if (vectors != null) write(Path.of(vectors), templates, floats);
    for (int i = 0; i < templates; i++) consenting.add(new TemplateId(2, i));
    int width = scan == VaultOptions.Scan.BYTES ? 1 : Float.BYTES;
    // Read in pieces as large as the vault's own.
    long piece = 16_384L * DIMENSIONS * width;
    for (long left = (long) templates * DIMENSIONS * width; left > 0; left -= piece) {
      bytes.add(arena.allocate(Math.min(left, piece), 64).fill((byte) 1));
    }
  }

  private static void unit(long seed, MemorySegment out) {
    Random random = new Random(seed);
    double squares = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      float value = (float) random.nextGaussian();
      squares += (double) value * value;
      out.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < DIMENSIONS; i++) {
      out.setAtIndex(ValueLayout.JAVA_FLOAT, i, out.getAtIndex(ValueLayout.JAVA_FLOAT, i) / length);
    }
  }

  private void write(Path file, int templates, MemorySegment floats) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < templates; i++) {
        unit(i, floats);
        out.write(floats.toArray(ValueLayout.JAVA_BYTE));
      }
      out.write(stranger.toArray(ValueLayout.JAVA_BYTE));
      out.write(member.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Override
  public void close() {
    vault.close();
    root.close();
    arena.close();
  }

  private void search(MemorySegment probe, int expected, Predicate<TemplateId> eligible) {
    SearchResult found = vault.search(GALLERY, MODEL, probe, 5, 0.4, eligible);
    if (found.hits().size() != expected) throw new IllegalStateException("found " + found);
  }

  /// The machine's own limit for the bytes a search scans.
  private void read() {
    for (MemorySegment piece : bytes) sink += read(piece);
  }

  private static long read(MemorySegment piece) {
    LongVector a = LongVector.zero(LONGS);
    LongVector b = LongVector.zero(LONGS);
    LongVector c = LongVector.zero(LONGS);
    LongVector d = LongVector.zero(LONGS);
    int step = LONGS.vectorByteSize();
    ByteOrder order = ByteOrder.nativeOrder();
    for (long at = 0; at < piece.byteSize(); at += 4L * step) {
      a = a.add(LongVector.fromMemorySegment(LONGS, piece, at, order));
      b = b.add(LongVector.fromMemorySegment(LONGS, piece, at + step, order));
      c = c.add(LongVector.fromMemorySegment(LONGS, piece, at + 2L * step, order));
      d = d.add(LongVector.fromMemorySegment(LONGS, piece, at + 3L * step, order));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  private record Timed(String name, Runnable run, List<Long> cpu, List<Long> clock) {
    Timed(String name, Runnable run) {
      this(name, run, new ArrayList<>(), new ArrayList<>());
    }

    void once(ThreadMXBean threads) {
      long clockBegan = System.nanoTime();
      long cpuBegan = threads.getCurrentThreadCpuTime();
      run.run();
      cpu.add(threads.getCurrentThreadCpuTime() - cpuBegan);
      clock.add(System.nanoTime() - clockBegan);
    }

    static double median(List<Long> nanos) {
      return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
    }
  }

  /// @param args templates, rounds, `BYTES` or `FLOATS`
  public static void main(String[] args) throws IOException {
    int templates = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    VaultOptions.Scan scan = VaultOptions.Scan.valueOf(args.length > 2 ? args[2] : "BYTES");
    try (SearchBenchmark bench = new SearchBenchmark(templates, scan)) {
      List<Timed> all =
          List.of(
              new Timed("reads as many bytes", bench::read),
              new Timed("finds nobody", () -> bench.search(bench.stranger, 0, Vault.EVERYONE)),
              new Timed("finds one", () -> bench.search(bench.member, 1, Vault.EVERYONE)),
              new Timed(
                  "finds one among the consenting",
                  () -> bench.search(bench.member, 1, bench.consenting::contains)));
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      for (int round = 0; round < rounds / 2; round++) all.forEach(timed -> timed.run().run());
      for (int round = 0; round < rounds; round++) all.forEach(timed -> timed.once(threads));
      double reading = Timed.median(all.getFirst().cpu());
      for (Timed timed : all) {
        double cpu = Timed.median(timed.cpu());
        System.out.printf(
            "%-32s cpu %8.3f ms  clock %8.3f ms  %5.1f ns a row  %.2f of reading%n",
            timed.name(), cpu, Timed.median(timed.clock()), cpu * 1e6 / templates, cpu / reading);
      }
      if (bench.sink == 42) System.out.println();
    }
  }
}
