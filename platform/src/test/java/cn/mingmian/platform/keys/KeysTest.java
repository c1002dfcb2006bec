package cn.mingmian.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.RecordedEntry;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.TestDatabases;
import cn.mingmian.vault.Binding;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.KeyId;
import cn.mingmian.vault.ModelId;
import cn.mingmian.vault.Reading;
import cn.mingmian.vault.TemplateId;
import cn.mingmian.vault.Vault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {
  private static final Actor ANNA = new Actor("anna");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Binding BINDING =
      new Binding(new ModelId("test", "1"), "test", new GalleryId(1, 2));

  @TempDir Path data;

  private Database database;
  private String records;

  @BeforeEach
  void begin() {
    database = TestDatabases.fresh();
    records = TestDatabases.nameOf(database);
  }

  @AfterEach
  void end() {
    database.close();
  }

  private Platform open(Unlock unlock) {
    return open(unlock, Clock.systemUTC());
  }

  private Platform open(Unlock unlock, Clock clock) {
    return Platform.open(
        new Platform.Options(
            data,
            Optional.empty(),
            data.resolve("models"),
            "test.example/log",
            Pack.BY_DEFAULT,
            unlock),
        () -> TestDatabases.reopen(records),
        clock,
        RANDOM);
  }

  private static Unlock wish(Root root, String secret) {
    return new Unlock(Optional.of(root), Optional.empty(), secret(secret), Unlock.WINDOW);
  }

  private static Unlock secretOnly(String secret) {
    return new Unlock(Optional.empty(), Optional.empty(), secret(secret), Unlock.WINDOW);
  }

  private static Secrets secret(String secret) {
    return (root, fresh) -> secret.toCharArray();
  }

  // ---- set-up

  @ParameterizedTest
  @EnumSource(Ciphers.class)
  void a_suite_is_chosen_once_and_tried_by_the_self_check(Ciphers ciphers) {
    Unlock wish = new Unlock(Optional.empty(), Optional.of(ciphers), Secrets.none(), Unlock.WINDOW);
    try (Platform platform = open(wish)) {
      assertThat(platform.keys().status().suite()).isEqualTo(ciphers.suite().name());
      assertThat(platform.controls().runAll())
          .filteredOn(state -> state.checks().stream().anyMatch(c -> c.name().contains("sealed")))
          .singleElement()
          .matches(ControlState::working);
    }
    open(Unlock.standard()).close();
    Ciphers other = ciphers == Ciphers.AES ? Ciphers.SM : Ciphers.AES;
    assertThatThrownBy(
            () ->
                open(
                    new Unlock(
                        Optional.empty(), Optional.of(other), Secrets.none(), Unlock.WINDOW)))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("a suite is chosen once");
  }

  @Test
  void a_passphrase_is_asked_for_at_each_start_and_a_wrong_or_missing_one_opens_nothing() {
    open(wish(new Root.Passphrase(), "光明正大 open above board")).close();
    assertThat(data.resolve("keys/root.key")).doesNotExist();
    assertThatThrownBy(() -> open(Unlock.standard()))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("name a file with `--secret-file`");
    assertThatThrownBy(() -> open(secretOnly("光明正大 open above bored")))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("the passphrase is not the one of this vault");
    assertThatThrownBy(() -> open(wish(Root.standard(), "")))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("rotate-root");
    open(secretOnly("光明正大 open above board")).close();
  }

  @Test
  void a_lost_root_key_is_not_replaced_and_another_one_opens_nothing() throws IOException {
    open(Unlock.standard()).close();
    Path key = data.resolve("keys/root.key");
    byte[] right = Files.readAllBytes(key);
    Files.delete(key);
    assertThatThrownBy(() -> open(Unlock.standard()))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("is missing and the vault is not empty");
    assertThat(key).doesNotExist();
    cn.mingmian.vault.RootKey.createFile(key, RANDOM).close();
    assertThatThrownBy(() -> open(Unlock.standard()))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("put back the key file that this vault was kept with");
    Files.write(key, right);
    open(Unlock.standard()).close();
  }

  @Test
  void an_altered_protection_file_is_named() throws IOException {
    open(Unlock.standard()).close();
    Files.writeString(data.resolve("keys/protection.json"), "{\"format\":1");
    assertThatThrownBy(() -> open(Unlock.standard()))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("is not a whole protection file");
  }

  // ---- turning

  @Test
  void every_key_turns_while_templates_stay_readable_and_the_log_tells_it() {
    try (Platform platform = open(Unlock.standard());
        Arena arena = Arena.ofConfined()) {
      Vault vault = platform.keys().vault();
      TemplateId id = TemplateId.random(RANDOM);
      MemorySegment floats = arena.allocate(ValueLayout.JAVA_FLOAT, 64);
      for (int i = 0; i < 64; i++) {
        floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, RANDOM.nextFloat() - .5f);
      }
      vault.seal(id, KeyId.random(RANDOM), BINDING, floats, Instant.now().plusSeconds(900));

      platform.keys().rotateEpoch(ANNA);
      assertThat(platform.keys().status().epoch()).isEqualTo(2);
      assertThat(platform.keys().fate(1).orElseThrow().destroyedAt()).isPresent();
      platform.keys().rotateRoot(Root.standard(), Secrets.none(), ANNA);
      assertThat(data.resolve("keys/root.key")).doesNotExist();
      assertThat(data.resolve("keys/root-2.key")).exists();
      Keys.RootChange change =
          platform
              .keys()
              .rotateRoot(new Root.Passphrase(), secret("a phrase of a certain length"), ANNA);
      assertThat(change.destroyed()).isTrue();
      assertThat(data.resolve("keys/root-2.key")).doesNotExist();
      assertThat(vault.compare(id, BINDING, floats)).isInstanceOf(Reading.Read.class);
      // The checks hold the new root.
      assertThat(platform.controls().runAll())
          .flatExtracting(ControlState::checks)
          .filteredOn(c -> c.name().equals("sealed-templates") || c.name().equals("vault-access"))
          .hasSize(2)
          .allMatch(ControlState.Check::passed);
      List<String> told =
          platform.trail().page(Long.MAX_VALUE, 50).stream().map(RecordedEntry::kind).toList();
      assertThat(told).contains(Kind.ROOT_CHANGED.name(), Kind.EPOCH_CHANGED.name());
    }
    try (Platform platform = open(secretOnly("a phrase of a certain length"))) {
      assertThat(platform.keys().status().root()).isEqualTo("passphrase");
      assertThat(platform.keys().status().epoch()).isEqualTo(4);
    }
  }

  @Test
  void a_change_of_the_root_that_a_kill_cut_short_is_finished_by_the_next_start()
      throws IOException {
    Path keys = data.resolve("keys");
    try (Platform platform = open(Unlock.standard())) {
      byte[] before = Files.readAllBytes(keys.resolve("protection.json"));
      byte[] oldRoot = Files.readAllBytes(keys.resolve("root.key"));
      platform.keys().rotateRoot(Root.standard(), Secrets.none(), ANNA);
      // As if the process had died before the new file took its place.
      Files.move(keys.resolve("protection.json"), keys.resolve("protection.next"));
      Files.write(keys.resolve("protection.json"), before);
      Files.write(keys.resolve("root.key"), oldRoot);
      Files.setPosixFilePermissions(
          keys.resolve("root.key"),
          java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
    open(Unlock.standard()).close();
    assertThat(Files.readString(keys.resolve("protection.json"))).contains("root-2.key");
    assertThat(keys.resolve("protection.next")).doesNotExist();
  }

  @Test
  void an_epoch_that_would_outlive_the_window_ends_at_the_next_start() {
    open(Unlock.standard()).close();
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(30));
    try (Platform platform = open(Unlock.standard(), later)) {
      assertThat(platform.keys().status().epoch()).isEqualTo(2);
    }
  }
}
