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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Exact search over one gallery of 512 values, one thread, through the vault's own door, beside
/// what the machine needs to only read as many bytes.
///
/// The sealed gallery is made once under `-Dmingmian.bench=DIR` (default: `mingmian-bench` in the
/// directory for temporary files; a memory disk makes it quick) and used again by later runs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g", "-XX:+UseSerialGC"})
public class SearchBenchmark {
  private static final int DIMENSIONS = 512;
  private static final ModelId MODEL = new ModelId("benchmark-512", "1");
  private static final GalleryId GALLERY = new GalleryId(1, 1);
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  @Param({"100000", "1000000"})
  int templates;

  @Param({"BYTES", "FLOATS"})
  VaultOptions.Scan scan = VaultOptions.Scan.BYTES;

  private final Arena arena = Arena.ofShared();
  private MemorySegment stranger = MemorySegment.NULL;
  private MemorySegment member = MemorySegment.NULL;
  private MemorySegment bytes = MemorySegment.NULL;
  private Set<TemplateId> consenting = Set.of();

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up before any measurement.
  private RootKey root;

  @SuppressWarnings("NullAway.Init")
  private Vault vault;

  @Setup(Level.Trial)
  public void fill() throws IOException {
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
    consenting = new HashSet<>();
    for (int i = 0; i < templates; i++) consenting.add(new TemplateId(2, i));
    int width = scan == VaultOptions.Scan.BYTES ? 1 : Float.BYTES;
    bytes = arena.allocate((long) templates * DIMENSIONS * width, 64);
    for (long at = 0; at < bytes.byteSize(); at += 64) {
      bytes.set(ValueLayout.JAVA_LONG, at, at);
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

  @TearDown(Level.Trial)
  public void close() {
    vault.close();
    root.close();
    arena.close();
  }

  @Benchmark
  public SearchResult findsNobody() {
    return vault.search(GALLERY, MODEL, stranger, 5, 0.4, Vault.EVERYONE);
  }

  @Benchmark
  public SearchResult findsOne() {
    SearchResult found = vault.search(GALLERY, MODEL, member, 5, 0.4, Vault.EVERYONE);
    if (found.hits().size() != 1) throw new IllegalStateException("found " + found);
    return found;
  }

  /// Asks for each template whether it may be looked at, in a set as a caller would keep it.
  @Benchmark
  public SearchResult findsOneAmongConsenting() {
    return vault.search(GALLERY, MODEL, member, 5, 0.4, consenting::contains);
  }

  /// The machine's own limit for the bytes a search scans.
  @Benchmark
  public long readsAsManyBytes() {
    LongVector a = LongVector.zero(LONGS);
    LongVector b = LongVector.zero(LONGS);
    LongVector c = LongVector.zero(LONGS);
    LongVector d = LongVector.zero(LONGS);
    int step = LONGS.vectorByteSize();
    ByteOrder order = ByteOrder.nativeOrder();
    for (long at = 0; at < bytes.byteSize(); at += 4L * step) {
      a = a.add(LongVector.fromMemorySegment(LONGS, bytes, at, order));
      b = b.add(LongVector.fromMemorySegment(LONGS, bytes, at + step, order));
      c = c.add(LongVector.fromMemorySegment(LONGS, bytes, at + 2L * step, order));
      d = d.add(LongVector.fromMemorySegment(LONGS, bytes, at + 3L * step, order));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }
}
