package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file of a vault is bytes from outside: whatever is in them, opening and reading end in
/// time, in bounded memory, and by a named answer.
///
/// `-Dmingmian.fuzz.seconds=600` runs longer; a failure prints its seed.
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("mingmian.fuzz.seconds", 3);

  @TempDir Path base;

  /// Some bits flipped, a piece cut out, doubled, or made extreme; sometimes with a right check
  /// sum, so that what lies behind is reached.
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int change = random.nextInt(3); change >= 0; change--) {
      if (bytes.length == 0) return bytes;
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        case 2 -> bytes = java.util.Arrays.copyOf(bytes, at);
        case 3 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length + random.nextInt(300));
        default -> {
          for (int i = at; i < Math.min(bytes.length, at + 4); i++) bytes[i] = -1;
        }
      }
    }
    int block = random.nextInt(3) == 0 ? 128 : bytes.length;
    if (random.nextBoolean() && block >= 4 && bytes.length >= block) {
      int at = random.nextInt(bytes.length / block) * block;
      byte[] record = java.util.Arrays.copyOfRange(bytes, at, at + block);
      Checksum.put(record);
      System.arraycopy(record, 0, bytes, at, block);
    }
    return bytes;
  }

  @Test
  void whatever_is_in_a_file_it_is_refused_by_name() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Fixture f = new Fixture(base)) {
      KeyId key = KeyId.random(f.random);
      TemplateId id = f.seal(key, Fixture.unit(1, 8));
      f.seal(key, Fixture.unit(2, 8));
      f.vault.erase(f.seal(Fixture.unit(3, 8)));
      f.vault.close();
      List<Path> files = new ArrayList<>();
      try (var all = Files.walk(f.directory)) {
        all.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).forEach(files::add);
      }
      List<byte[]> contents = new ArrayList<>();
      for (Path file : files) contents.add(Files.readAllBytes(file));
      long end = System.nanoTime() + SECONDS * 1_000_000_000L;
      int rounds = 0;
      int refused = 0;
      for (; System.nanoTime() < end; rounds++) {
        int victim = random.nextInt(files.size());
        byte[] bytes = mutated(contents.get(victim), random);
        Files.write(files.get(victim), bytes);
        refused += opens(f, id, "seed %d, round %d".formatted(seed, rounds)) ? 0 : 1;
        restore(f.directory, files, contents);
      }
      assertThat(rounds).isGreaterThan(20);
      assertThat(refused).as("of %d", rounds).isPositive();
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      assertThat(f.vault.list()).hasSize(2);
    }
  }

  private static boolean opens(Fixture f, TemplateId id, String when) {
    try (Vault vault =
        Vault.open(f.directory, f.root, new SecureRandom(), InstantSource.system())) {
      vault.search(
          f.gallery, Fixture.MODEL, Fixture.segment(Fixture.unit(1, 8)), 3, -1, Vault.EVERYONE);
      vault.open(id, f.binding);
      for (Held held : vault.list()) vault.erase(held.template());
      return true;
    } catch (VaultDamagedException | WrongRootException named) {
      return false;
    } catch (RuntimeException | Error other) {
      throw new AssertionError(when, other);
    }
  }

  private static void restore(Path directory, List<Path> files, List<byte[]> contents)
      throws IOException {
    try (var all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!files.contains(file) && !file.endsWith("lock")) Files.delete(file);
      }
    }
    for (int i = 0; i < files.size(); i++) Files.write(files.get(i), contents.get(i));
  }
}
