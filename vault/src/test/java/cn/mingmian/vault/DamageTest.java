package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is refused, and by which name, when files are not what they were.
class DamageTest {
  @TempDir Path base;

  private static Path file(Fixture f, TemplateId id) {
    return f.directory.resolve("templates").resolve(id + ".tpl");
  }

  private static Reading.Damage damage(Fixture f, TemplateId id) {
    Reading<OpenTemplate> reading = f.vault.open(id, f.binding);
    assertThat(reading).isInstanceOf(Reading.Damaged.class);
    return ((Reading.Damaged<OpenTemplate>) reading).damage();
  }

  private static Path only(Path directory, String glob) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(p -> p.getFileName().toString().matches(glob)).findFirst().orElseThrow();
    }
  }

  @Test
  void every_flipped_bit_of_a_template_is_noticed() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      byte[] whole = Files.readAllBytes(file(f, id));
      for (int at = 0; at < whole.length; at++) {
        byte[] bytes = whole.clone();
        bytes[at] ^= (byte) (1 << (at % 8));
        Files.write(file(f, id), bytes);
        assertThat(f.vault.open(id, f.binding))
            .as("bit flipped in byte %d", at)
            .isInstanceOf(Reading.Damaged.class);
      }
      Files.write(file(f, id), whole);
      assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
    }
  }

  @Test
  void every_truncation_of_a_template_is_noticed() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      byte[] whole = Files.readAllBytes(file(f, id));
      for (int length = 0; length < whole.length; length++) {
        Files.write(file(f, id), Arrays.copyOf(whole, length));
        assertThat(damage(f, id)).as("%d bytes", length).isEqualTo(Reading.Damage.WRONG_LENGTH);
      }
      Files.write(file(f, id), Arrays.copyOf(whole, whole.length + 1));
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.WRONG_LENGTH);
      Files.write(file(f, id), new byte[1 << 20]);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.WRONG_LENGTH);
    }
  }

  @Test
  void each_damage_has_its_name() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      TemplateId other = f.seal(Fixture.unit(2, 16));
      byte[] whole = Files.readAllBytes(file(f, id));
      Damages.flipBit(file(f, id), 0);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.NOT_A_TEMPLATE);
      Files.write(file(f, id), whole);
      Damages.flipBit(file(f, id), 8);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.UNKNOWN_VERSION);
      Files.write(file(f, id), whole);
      Damages.flipBit(file(f, id), whole.length - 1);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.ALTERED);
      Files.copy(file(f, other), file(f, id), StandardCopyOption.REPLACE_EXISTING);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.MISPLACED);
      Files.delete(file(f, id));
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.MISSING);
      assertThat(f.vault.open(other, f.binding)).isInstanceOf(Reading.Read.class);
    }
  }

  @Test
  void a_template_opens_only_as_what_it_was_sealed_for() {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      GalleryId elsewhere = GalleryId.random(f.random);
      for (Binding other :
          List.of(
              new Binding(new ModelId("face-512", "2"), f.binding.purpose(), f.gallery),
              new Binding(new ModelId("other", "1"), f.binding.purpose(), f.gallery),
              new Binding(Fixture.MODEL, "attendance", f.gallery),
              new Binding(Fixture.MODEL, f.binding.purpose(), elsewhere))) {
        assertThat(f.vault.open(id, other))
            .isEqualTo(new Reading.OtherBinding<>(id, other, f.binding));
        assertThat(f.vault.compare(id, other, Fixture.segment(Fixture.unit(1, 16))))
            .isEqualTo(new Reading.OtherBinding<>(id, other, f.binding));
      }
    }
  }

  @Test
  void a_binding_rewritten_on_disk_is_refused() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      byte[] bytes = Files.readAllBytes(file(f, id));
      byte[] purpose = "entry-gate-1".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      int at = 0;
      while (!Arrays.equals(bytes, at, at + purpose.length, purpose, 0, purpose.length)) at++;
      bytes[at + purpose.length - 1] = '2';
      Files.write(file(f, id), bytes);
      Binding forged = new Binding(Fixture.MODEL, "entry-gate-2", f.gallery);
      assertThat(f.vault.open(id, forged)).isInstanceOf(Reading.Damaged.class);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.ALTERED);
    }
  }

  @Test
  void one_vault_s_template_is_refused_by_another() throws Exception {
    try (Fixture f = new Fixture(base.resolve("a"));
        Fixture g = new Fixture(base.resolve("b"))) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      g.vault.seal(
          id,
          KeyId.random(g.random),
          g.binding,
          Fixture.segment(Fixture.unit(1, 16)),
          Fixture.NEXT_YEAR);
      Files.copy(file(f, id), file(g, id), StandardCopyOption.REPLACE_EXISTING);
      assertThat(damage(g, id)).isEqualTo(Reading.Damage.MISPLACED);
    }
  }

  @Test
  void a_damaged_key_slot_is_reported_and_kept_until_its_owner_decides() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      TemplateId other = f.seal(Fixture.unit(2, 16));
      Path table = only(f.directory, "keys-.*");
      f.vault.close();
      byte[] bytes = Files.readAllBytes(table);
      // Slots in order of writing: 1 owner, 2 seed, 3 template, 4 owner, 5 template.
      bytes[3 * 128 + 80] ^= 4;
      Files.write(table, bytes);
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      assertThat(f.vault.list()).extracting(Held::template).containsExactlyInAnyOrder(id, other);
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.KEY_ALTERED);
      assertThat(f.vault.open(other, f.binding)).isInstanceOf(Reading.Read.class);
      f.vault.changeEpoch();
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.KEY_ALTERED);
      f.reopen();
      assertThat(damage(f, id)).isEqualTo(Reading.Damage.KEY_ALTERED);
      assertThat(f.vault.erase(id)).isInstanceOf(Erasure.Done.class);
      f.reopen();
      assertThat(f.vault.list()).extracting(Held::template).containsExactly(other);
      assertThat(f.vault.open(other, f.binding)).isInstanceOf(Reading.Read.class);
    }
  }

  @Test
  void a_slot_altered_with_its_check_sum_does_not_unwrap() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      Path table = only(f.directory, "keys-.*");
      f.vault.close();
      byte[] bytes = Files.readAllBytes(table);
      byte[] slot = Arrays.copyOfRange(bytes, 3 * 128, 4 * 128);
      slot[7] ^= 1;
      Checksum.put(slot);
      System.arraycopy(slot, 0, bytes, 3 * 128, 128);
      Files.write(table, bytes);
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Damaged.class);
    }
  }

  @Test
  void a_wrong_root_is_named_and_changes_nothing() throws Exception {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 16));
      f.vault.close();
      try (RootKey wrong = RootKey.createFile(base.resolve("wrong.key"), f.random)) {
        assertThatThrownBy(() -> Vault.open(f.directory, wrong, f.random, f))
            .isInstanceOf(WrongRootException.class)
            .hasMessageMatching(
                "wrong root key: the vault is protected by root [0-9a-f]{32}, root [0-9a-f]{32} was"
                    + " given");
      }
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
    }
  }

  @Test
  void a_lost_or_open_or_damaged_root_file_is_named() throws Exception {
    try (Fixture f = new Fixture(base)) {
      Path file = base.resolve("root.key");
      assertThatThrownBy(() -> RootKey.createFile(file, f.random))
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("exists already");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      assertThatThrownBy(() -> RootKey.fromFile(file))
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("chmod 600");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      RootKey.fromFile(file).close();
      Damages.flipBit(file, 20);
      assertThatThrownBy(() -> RootKey.fromFile(file))
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("not a whole root key file");
      Files.delete(file);
      assertThatThrownBy(() -> RootKey.fromFile(file))
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("is missing");
    }
  }

  @Test
  void a_damaged_head_epoch_or_table_stops_the_opening_by_name() throws Exception {
    try (Fixture f = new Fixture(base)) {
      f.seal(Fixture.unit(1, 16));
      f.vault.close();
      for (String glob : List.of("vault", "epoch-.*", "keys-.*", "erasures\\.log")) {
        Path file = only(f.directory, glob);
        byte[] whole = Files.readAllBytes(file);
        for (int at : new int[] {0, 9, 30, 50}) {
          Damages.flipBit(file, at);
          assertThatThrownBy(() -> Vault.open(f.directory, f.root, f.random, f))
              .as("%s, byte %d", glob, at)
              .isInstanceOf(VaultDamagedException.class);
          Files.write(file, whole);
        }
        Files.write(file, Arrays.copyOf(whole, 20));
        assertThatThrownBy(() -> Vault.open(f.directory, f.root, f.random, f))
            .isInstanceOf(VaultDamagedException.class);
        Files.delete(file);
        assertThatThrownBy(() -> Vault.open(f.directory, f.root, f.random, f))
            .as("%s gone", glob)
            .isInstanceOf(VaultDamagedException.class);
        Files.write(file, whole);
      }
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      assertThat(f.vault.list()).hasSize(1);
    }
  }

  @Test
  void a_second_opener_is_refused() {
    try (Fixture f = new Fixture(base)) {
      assertThatThrownBy(() -> Vault.open(f.directory, f.root, f.random, f))
          .isInstanceOf(VaultInUseException.class)
          .hasMessageContaining("already open in this process");
    }
  }

  @Test
  void a_foreign_file_among_the_templates_is_left_alone() throws Exception {
    try (Fixture f = new Fixture(base)) {
      Path foreign = f.directory.resolve("templates/readme.tpl");
      Files.writeString(foreign, "not ours");
      f.reopen();
      assertThat(foreign).exists();
    }
  }
}
