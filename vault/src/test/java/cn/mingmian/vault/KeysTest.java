package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir Path base;

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path copy = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
  }

  @Test
  void a_new_epoch_keeps_everything_and_leaves_no_old_key() throws Exception {
    try (Fixture f = new Fixture(base)) {
      KeyId shared = KeyId.random(f.random);
      float[] floats = Fixture.unit(1, 64);
      TemplateId one = f.seal(shared, floats);
      TemplateId two = f.seal(shared, Fixture.unit(2, 64));
      f.now = Fixture.START.plus(Duration.ofDays(1));
      assertThat(f.vault.epoch()).isEqualTo(new Epoch(1, Fixture.START));
      EpochChange change = f.vault.changeEpoch();
      assertThat(change).isEqualTo(new EpochChange(1, f.now, new Epoch(2, f.now), 4));
      assertThat(f.vault.epochDestroyedAt(1)).contains(f.now);
      assertThat(f.vault.epochDestroyedAt(2)).isEmpty();
      for (int round = 0; round < 2; round++) {
        assertThat(names(f.directory))
            .containsExactly(
                "epoch-0000000000000002.key",
                "erasures.log",
                "keys-0000000000000002.tab",
                "lock",
                "templates",
                "vault");
        assertThat(f.vault.open(one, f.binding)).isInstanceOf(Reading.Read.class);
        assertThat(f.vault.open(two, f.binding)).isInstanceOf(Reading.Read.class);
        assertThat(f.search(floats, 1, 0.9).hits()).hasSize(1);
        assertThat(f.vault.epochDestroyedAt(1)).contains(f.now);
        f.reopen();
      }
    }
  }

  /// The hole of key destruction is a copy made before; the epoch closes it.
  @Test
  void a_backup_of_an_erased_template_dies_with_its_epoch() throws Exception {
    try (Fixture f = new Fixture(base)) {
      KeyId key = KeyId.random(f.random);
      TemplateId id = f.seal(key, Fixture.unit(1, 64));
      f.vault.close();
      Path backup = base.resolve("backup");
      copy(f.directory, backup);
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      Erasure.Done done = (Erasure.Done) f.vault.erase(key);
      assertThat(done.epoch()).isEqualTo(1);

      // While epoch 1 lives, the whole backup with the root still opens it: the stated window.
      try (Vault restored = Vault.open(backup, f.root, f.random, f)) {
        assertThat(restored.open(id, f.binding)).isInstanceOf(Reading.Read.class);
      }
      f.vault.changeEpoch();
      assertThat(f.vault.epochDestroyedAt(done.epoch())).isPresent();
      // Backups never hold epoch keys; the live directory has only the new one.
      Files.delete(backup.resolve("epoch-0000000000000001.key"));
      Files.copy(
          f.directory.resolve("epoch-0000000000000002.key"),
          backup.resolve("epoch-0000000000000002.key"));
      assertThatThrownBy(() -> Vault.open(backup, f.root, f.random, f))
          .isInstanceOf(VaultDamagedException.class)
          .hasMessageContaining("is missing");
      // Not even by giving the new epoch key the old one's name and number.
      Path forged = backup.resolve("epoch-0000000000000001.key");
      Files.move(backup.resolve("epoch-0000000000000002.key"), forged);
      assertThatThrownBy(() -> Vault.open(backup, f.root, f.random, f))
          .isInstanceOf(VaultDamagedException.class)
          .hasMessageContaining("does not begin as the table of epoch 2");
      byte[] bytes = Files.readAllBytes(forged);
      bytes[39] = 1;
      Checksum.put(bytes);
      Files.write(forged, bytes);
      assertThatThrownBy(() -> Vault.open(backup, f.root, f.random, f))
          .isInstanceOf(VaultDamagedException.class)
          .hasMessageContaining("epoch key 1 was altered");
    }
  }

  @Test
  void a_changed_root_opens_and_the_old_one_does_not() {
    try (Fixture f = new Fixture(base);
        RootKey next = RootKey.createFile(base.resolve("next.key"), f.random)) {
      float[] floats = Fixture.unit(1, 64);
      TemplateId id = f.seal(floats);
      f.vault.changeRoot(next);
      TemplateId later = f.seal(Fixture.unit(2, 64));
      f.vault.close();
      assertThatThrownBy(() -> Vault.open(f.directory, f.root, f.random, f))
          .isInstanceOf(WrongRootException.class);
      f.vault = Vault.open(f.directory, next, f.random, f);
      assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
      assertThat(f.vault.open(later, f.binding)).isInstanceOf(Reading.Read.class);
      assertThat(f.search(floats, 1, 0.9).hits()).hasSize(1);
    }
  }

  @Test
  void sealing_erasing_and_searching_go_on_while_epochs_change() throws Exception {
    long seed = new Random().nextLong();
    try (Fixture f = new Fixture(base);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<float[]> kept = new ArrayList<>();
      List<TemplateId> keptIds = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        kept.add(Fixture.unit(i, 64));
        keptIds.add(f.seal(kept.get(i)));
      }
      AtomicBoolean over = new AtomicBoolean();
      Future<List<TemplateId>> writer =
          threads.submit(
              () -> {
                Random random = new Random(seed);
                List<TemplateId> mine = new ArrayList<>();
                while (!over.get()) {
                  if (mine.size() < 5 || random.nextBoolean()) {
                    mine.add(f.seal(Fixture.unit(random, 64)));
                  } else {
                    f.vault.erase(mine.remove(random.nextInt(mine.size())));
                  }
                }
                return mine;
              });
      Future<Integer> reader =
          threads.submit(
              () -> {
                int searches = 0;
                while (!over.get()) {
                  int i = searches++ % 50;
                  assertThat(f.search(kept.get(i), 1, 0.9).hits())
                      .extracting(Hit::template)
                      .containsExactly(keptIds.get(i));
                  assertThat(f.vault.open(keptIds.get(i), f.binding))
                      .isInstanceOf(Reading.Read.class);
                }
                return searches;
              });
      for (int i = 0; i < 8; i++) f.vault.changeEpoch();
      over.set(true);
      List<TemplateId> mine = writer.get();
      assertThat(reader.get()).isPositive();
      mine.addAll(keptIds);
      for (int round = 0; round < 2; round++) {
        assertThat(f.vault.list())
            .as("seed %d", seed)
            .extracting(Held::template)
            .containsExactlyInAnyOrderElementsOf(mine);
        for (TemplateId id : mine) {
          assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
        }
        f.reopen();
      }
    }
  }

  @Test
  void the_protection_is_tried_for_real() {
    for (Suite suite : Suite.values()) {
      try (Fixture f =
          new Fixture(base.resolve(suite.name()), VaultOptions.defaults().with(suite))) {
        assertThat(f.vault.checkProtection())
            .isEqualTo(new SelfCheck(suite, Fixture.START, true, true, true));
      }
    }
  }

  @Test
  void both_suites_keep_the_same_promises() {
    for (Suite suite : Suite.values()) {
      try (Fixture f =
          new Fixture(base.resolve(suite.name()), VaultOptions.defaults().with(suite))) {
        float[] floats = Fixture.unit(1, 128);
        KeyId key = KeyId.random(f.random);
        TemplateId id = f.seal(key, floats);
        f.reopen();
        assertThat(f.search(floats, 1, 0.999).hits()).extracting(Hit::template).contains(id);
        f.vault.changeEpoch();
        assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
        assertThat(f.vault.erase(key)).isInstanceOf(Erasure.Done.class);
        assertThat(f.search(floats, 1, -1).hits()).isEmpty();
      }
    }
  }
}
