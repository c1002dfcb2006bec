package cn.mingmian.vault;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;

/// A vault on a real disk with a clock that a test can turn, and random unit vectors.
final class Fixture implements AutoCloseable, InstantSource {
  static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  static final ModelId MODEL = new ModelId("face-512", "1");
  static final Instant NEXT_YEAR = START.plus(Duration.ofDays(365));

  final Path directory;
  final RootKey root;
  final SecureRandom random = new SecureRandom();
  final GalleryId gallery = GalleryId.random(random);
  final Binding binding = new Binding(MODEL, "entry-gate-1", gallery);
  volatile Instant now = START;
  Vault vault;

  Fixture(Path base) {
    this(base, VaultOptions.defaults());
  }

  Fixture(Path base, VaultOptions options) {
    this.directory = base.resolve("vault");
    base.toFile().mkdirs();
    this.root = RootKey.createFile(base.resolve("root.key"), random);
    this.vault = Vault.open(directory, root, random, this, options);
  }

  @Override
  public Instant instant() {
    return now;
  }

  Vault reopen() {
    vault.close();
    vault = Vault.open(directory, root, random, this);
    return vault;
  }

  /// Seals under a key of its own.
  TemplateId seal(float[] floats) {
    return seal(KeyId.random(random), floats);
  }

  TemplateId seal(KeyId key, float[] floats) {
    TemplateId id = TemplateId.random(random);
    vault.seal(id, key, binding, segment(floats), NEXT_YEAR);
    return id;
  }

  SearchResult search(float[] probe, int k, double minimum) {
    return vault.search(gallery, MODEL, segment(probe), k, minimum, id -> true);
  }

  static MemorySegment segment(float[] floats) {
    MemorySegment segment = Arena.ofAuto().allocate((long) floats.length * Float.BYTES, 4);
    MemorySegment.copy(floats, 0, segment, ValueLayout.JAVA_FLOAT, 0, floats.length);
    return segment;
  }

  static float[] unit(long seed, int dimensions) {
    return unit(new Random(seed), dimensions);
  }

  static float[] unit(RandomGenerator random, int dimensions) {
    float[] floats = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      floats[i] = (float) random.nextGaussian();
      squares += (double) floats[i] * floats[i];
    }
    for (int i = 0; i < dimensions; i++) floats[i] /= (float) Math.sqrt(squares);
    return floats;
  }

  /// A unit vector whose cosine with `to` is near `cosine`.
  static float[] near(float[] to, double cosine, RandomGenerator random) {
    float[] noise = unit(random, to.length);
    float[] mixed = new float[to.length];
    double side = Math.sqrt(1 - cosine * cosine);
    for (int i = 0; i < to.length; i++) mixed[i] = (float) (cosine * to[i] + side * noise[i]);
    return mixed;
  }

  @Override
  public void close() {
    vault.close();
    root.close();
  }
}
