package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore.ModelPackException;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.keys.KeysUnavailableException;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.records.TestDatabases;
import cn.mingmian.platform.templates.NoRoomException;
import cn.mingmian.platform.templates.StoresDoNotMatchException;
import cn.mingmian.vault.RootKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start says when something is not as it was left, and what happens on a full disk.
class StartTest {
  private static final String P01 = "images/p01/enrol.jpg";

  @TempDir Path data;

  // ---- one process on one set of records

  @Test
  void a_second_process_on_the_same_records_is_turned_away(@TempDir Path other) {
    try (Database own = TestDatabases.fresh()) {
      TestDatabases.Address address = TestDatabases.addressOf(own);
      try (Platform first = open(data, address)) {
        assertThatExceptionOfType(DatabaseException.class)
            .isThrownBy(() -> open(other, address))
            .withMessageContaining("another Mingmian works on these records")
            .satisfies(e -> assertThat(e.reason()).isEqualTo(DatabaseException.Reason.IN_USE));
        assertThat(first.database().answers()).isTrue();
      }
    }
  }

  @Test
  void who_lost_the_records_to_another_writes_nothing_until_they_are_free_again()
      throws InterruptedException, SQLException {
    try (Database own = TestDatabases.fresh()) {
      TestDatabases.Address address = TestDatabases.addressOf(own);
      try (Platform platform = open(data, address)) {
        // One session ends our lock and has it before we can take it again.
        try (Connection other = connect(address, "another");
            Statement work = other.createStatement()) {
          other.setAutoCommit(false);
          work.execute(
              "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname ="
                  + " current_database() AND application_name = 'mingmian, the only one'");
          work.execute(
              "SELECT pg_advisory_xact_lock("
                  + "hashtextextended('one mingmian on these records', 0))");
          await(() -> !writes(platform));
          assertThatExceptionOfType(DatabaseException.class)
              .isThrownBy(() -> platform.database().transact(() -> {}))
              .withMessageContaining("nothing of this request was stored");
          other.rollback();
        }
        await(() -> writes(platform));
      }
    }
  }

  @Test
  void what_a_killed_predecessor_had_under_way_ends_before_anything_is_read() throws SQLException {
    try (Database own = TestDatabases.fresh()) {
      TestDatabases.Address address = TestDatabases.addressOf(own);
      try (Connection left = connect(address, "mingmian");
          Statement work = left.createStatement()) {
        left.setAutoCommit(false);
        work.execute("CREATE TABLE half_done (what text)");
        open(data, address).close();
        assertThat(left.isValid(5)).isFalse();
      }
      try (Connection later = connect(address, "another");
          Statement look = later.createStatement();
          ResultSet row = look.executeQuery("SELECT to_regclass('half_done') IS NULL")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getBoolean(1)).isTrue();
      }
    }
  }

  /// A session of its own: those of a test's pool end when a platform takes the records.
  private static Connection connect(TestDatabases.Address address, String application)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", address.user());
    login.setProperty("password", address.password());
    login.setProperty("ApplicationName", application);
    return DriverManager.getConnection(address.url(), login);
  }

  private static boolean writes(Platform platform) {
    try {
      platform.database().transact(() -> {});
      return true;
    } catch (DatabaseException refused) {
      return false;
    }
  }

  // ---- what is not as it was left

  @Test
  void a_database_that_does_not_answer_is_named_as_the_trouble() {
    TestDatabases.Address nobody =
        new TestDatabases.Address("jdbc:postgresql://127.0.0.1:9/mingmian", "mingmian", "x");
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> open(data, nobody))
        .withMessageContaining("the database does not answer")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(DatabaseException.Reason.LOST));
  }

  @Test
  void another_root_key_opens_nothing_and_changes_nothing() throws IOException {
    try (Database own = TestDatabases.fresh()) {
      TestDatabases.Address address = TestDatabases.addressOf(own);
      open(data, address).close();
      Path key = data.resolve("keys").resolve("root.key");
      Path kept = Files.move(key, key.resolveSibling("kept"));
      assertThatThrownBy(() -> open(data, address))
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageContaining("put the key back");
      RootKey.createFile(key, new SecureRandom()).close();
      assertThatThrownBy(() -> open(data, address))
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageContaining("wrong root key");
      Files.delete(key);
      Files.move(kept, key);
      open(data, address).close();
    }
  }

  @Test
  void a_model_file_that_is_not_the_pinned_one_is_never_loaded() throws IOException {
    Path pack = Files.createDirectories(data.resolve("models").resolve(ModelPack.byDefault().id()));
    for (ModelPack.ModelFile file : ModelPack.byDefault().files()) {
      Files.writeString(pack.resolve(file.fileName()), "not a model");
    }
    try (Database own = TestDatabases.fresh();
        Platform platform = open(data, TestDatabases.addressOf(own))) {
      assertThatThrownBy(platform::warmUp).isInstanceOf(ModelPackException.class);
    }
  }

  @Test
  void a_vault_is_not_opened_with_the_records_of_another() {
    try (Gate gate = Gate.lawful(data)) {
      gate.enrolled(P01);
      String records = TestDatabases.nameOf(gate.platform.database());
      gate.platform.close();
      assertThatThrownBy(() -> gate.open(TestDatabases::fresh))
          .isInstanceOf(StoresDoNotMatchException.class)
          .hasMessageContaining("does not belong to these records");
      gate.platform = gate.open(() -> TestDatabases.reopen(records));
      assertThat(gate.platform.people().storedPersons()).isEqualTo(1);
    }
  }

  // ---- a full disk

  @Test
  void on_a_full_disk_nothing_is_half_kept_and_what_was_kept_stays()
      throws IOException, InterruptedException {
    Path disk = Files.createDirectories(data.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "mingmian-test", disk.toString()),
        "this user may not mount a small file system");
    try (Gate gate = Gate.lawful(disk.resolve("data"))) {
      PersonId kept = gate.enrolled(P01);
      PersonId late = gate.consenting();
      Path filler = disk.resolve("filler");
      fill(filler);
      try {
        // Either the vault says so, or the log does, and then no face is accepted.
        assertThat(gate.enrol(late, "images/p02/enrol.jpg")).isInstanceOf(Enrolled.Refused.class);
      } catch (NoRoomException full) {
        assertThat(full).hasMessageContaining("no room");
      }
      assertThat(gate.platform.people().storedPersons()).isEqualTo(1);

      Files.delete(filler);
      await(() -> gate.platform.trail().status().working());
      gate.platform.controls().runAll();
      assertThat(gate.enrol(late, "images/p02/enrol.jpg")).isInstanceOf(Enrolled.Done.class);
      assertThat(gate.verify(kept, "images/p01/day1.jpg")).isInstanceOf(Verified.Answered.class);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (true) out.write(block);
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void await(BooleanSupplier until) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!until.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for half a minute").isLessThan(end);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Platform open(Path data, TestDatabases.Address address) {
    return Platform.open(
        new Platform.Options(
            data,
            Optional.of(
                new Platform.DatabaseAddress(address.url(), address.user(), address.password())),
            data.resolve("models"),
            "test.example/log",
            Pack.BY_DEFAULT),
        Clock.systemUTC(),
        new SecureRandom());
  }
}
