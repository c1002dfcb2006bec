package cn.mingmian.benchmarks;

import cn.mingmian.vault.Binding;
import cn.mingmian.vault.Erasure;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.KeyId;
import cn.mingmian.vault.ModelId;
import cn.mingmian.vault.OpenTemplate;
import cn.mingmian.vault.Reading;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.Suite;
import cn.mingmian.vault.TemplateId;
import cn.mingmian.vault.Vault;
import cn.mingmian.vault.VaultOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/// What sealing, opening, comparing and erasing one template of 512 values costs, in each suite.
///
/// Under `-Dmingmian.bench=DIR`: on a memory disk it is the work of the processor alone, on a real
/// disk durability is paid as well.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx1g", "-XX:+UseSerialGC"})
public class VaultBenchmark {
  private static final int DIMENSIONS = 512;

  @Param Suite suite = Suite.AES_256_GCM_SHA_256;

  private final Arena arena = Arena.ofShared();
  private final SecureRandom random = new SecureRandom();
  private final Binding binding =
      new Binding(new ModelId("benchmark-512", "1"), "benchmark", new GalleryId(1, 1));
  private final TemplateId held = new TemplateId(3, 3);
  private MemorySegment floats = MemorySegment.NULL;
  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up before any measurement.
  private RootKey root;

  @SuppressWarnings("NullAway.Init")
  private Vault vault;

  @Setup(Level.Trial)
  public void make() throws IOException {
    Path base = Path.of(System.getProperty("mingmian.bench", System.getProperty("java.io.tmpdir")));
    Files.createDirectories(base);
    directory = Files.createTempDirectory(base, "vault-cost");
    root = RootKey.createFile(directory.resolve("root.key"), random);
    vault =
        Vault.open(
            directory.resolve("vault"),
            root,
            random,
            InstantSource.system(),
            VaultOptions.defaults().with(suite));
    floats = arena.allocate(DIMENSIONS * 4L, 64);
    Random values = new Random(1);
    for (int i = 0; i < DIMENSIONS; i++) {
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values.nextGaussian());
    }
    vault.seal(held, KeyId.random(random), binding, floats, Instant.MAX);
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    vault.close();
    root.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
    arena.close();
  }

  /// One person enrolled and forgotten again, so that the vault does not grow.
  @Benchmark
  public Erasure sealsAndErases() {
    KeyId key = KeyId.random(random);
    vault.seal(TemplateId.random(random), key, binding, floats, Instant.MAX);
    return vault.erase(key);
  }

  @Benchmark
  public int opens() {
    Reading<OpenTemplate> reading = vault.open(held, binding);
    if (!(reading instanceof Reading.Read<OpenTemplate>(OpenTemplate opened))) {
      throw new IllegalStateException("not read: " + reading);
    }
    try (opened) {
      return opened.dimensions();
    }
  }

  @Benchmark
  public Reading<Double> compares() {
    return vault.compare(held, binding, floats);
  }
}
