package cn.mingmian.platform.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path data =
      Path.of("target", "own-database-" + ProcessHandle.current().pid()).toAbsolutePath();

  @AfterEach
  void remove() throws IOException {
    if (!Files.exists(data)) return;
    try (Stream<Path> all = Files.walk(data)) {
      for (Path p : all.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(p);
    }
  }

  @Test
  void keeps_its_promises_on_disk_and_on_the_wire() throws Exception {
    Path cluster;
    String url;
    try (EmbeddedPostgres server = EmbeddedPostgres.start(data, RANDOM)) {
      cluster = server.cluster();
      url = server.url();
      assertThat(permissions(cluster)).isEqualTo("rwx------");
      assertThat(permissions(data.resolve("postgres/secrets"))).isEqualTo("rwx------");
      assertThat(permissions(data.resolve("postgres/secrets/owner"))).isEqualTo("rw-------");
      assertThat(permissions(data.resolve("postgres/secrets/role"))).isEqualTo("rw-------");

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> DriverManager.getConnection(url, "mingmian", "guess").close())
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> Database.at(url, "mingmian", "guess").close())
          .satisfies(
              e -> assertThat(e.reason()).isEqualTo(DatabaseException.Reason.WRONG_PASSWORD));

      assertThat(Files.readString(cluster.resolve("postgresql.conf")))
          .contains("unix_socket_directories = ''");
      try (Database database =
          Database.open(null, null, url, server.role(), server.rolePassword())) {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
          assertThat(
                  database
                      .sql()
                      .sql("SELECT current_setting(:name)")
                      .param("name", setting)
                      .query(String.class)
                      .single())
              .isEqualTo("on");
        }
        assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(
                database
                    .sql()
                    .sql(
                        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
                            + " FROM pg_roles WHERE rolname = current_user")
                    .query(Boolean.class)
                    .single())
            .as("the program's role has power over the server")
            .isFalse();
      }
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> EmbeddedPostgres.start(data, RANDOM).close())
          .satisfies(e -> assertThat(e.reason()).isEqualTo(DatabaseException.Reason.IN_USE));
    }
    assertThat(cluster.resolve("postmaster.pid")).doesNotExist();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(url, "mingmian", "guess").close());

    // Second start: the same data, quickly.
    Instant before = Instant.now();
    try (Database again = Database.embedded(data, RANDOM)) {
      assertThat(again.answers()).isTrue();
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> Database.embedded(data, RANDOM))
        .withMessageContaining("written by PostgreSQL 17")
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo(DatabaseException.Reason.VERSION_MISMATCH));
  }

  @Test
  void is_adopted_with_all_commits_after_its_parent_was_killed() throws Exception {
    Process parent = parent(KilledParent.class);
    awaitLine(parent, "committed");
    parent.destroyForcibly().waitFor();

    try (Database database = Database.embedded(data, RANDOM)) {
      assertThat(database.describe()).contains("adopted");
      assertThat(database.sql().sql("SELECT count(*) FROM kept").query(Integer.class).single())
          .isEqualTo(1);
    }
    assertThat(data.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void a_commit_under_way_when_the_parent_was_killed_has_ended_before_anybody_reads()
      throws Exception {
    Process parent = parent(KilledInCommit.class);
    awaitLine(parent, "committing");
    parent.destroyForcibly().waitFor();
    try (Database database = Database.embedded(data, RANDOM)) {
      assertThat(database.describe()).contains("adopted");
      int now = rows(database);
      // The trigger of the killed commit sleeps for 20 s: a session that lived on would show then.
      assertThat(
              database
                  .sql()
                  .sql(
                      "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                          + " AND query LIKE '%commit%' AND pid <> pg_backend_pid()")
                  .query(Integer.class)
                  .single())
          .isZero();
      assertThat(now).isZero();
    }
  }

  @Test
  void a_server_that_dies_is_started_again_under_the_feet_of_its_users() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(data, RANDOM);
        Database database =
            Database.open(null, null, server.url(), server.role(), server.rolePassword())) {
      database.sql().sql("CREATE TABLE kept (n int)").update();
      database.transact(() -> database.sql().sql("INSERT INTO kept VALUES (1)").update());
      long first = server.serverPid();
      assertThat(ProcessHandle.of(first).orElseThrow().destroyForcibly()).isTrue();
      Instant deadline = Instant.now().plusSeconds(60);
      while (server.serverPid() == first || !database.answers()) {
        assertThat(Instant.now()).as("started again in time").isBefore(deadline);
        Thread.sleep(100);
      }
      assertThat(rows(database)).isEqualTo(1);
    }
  }

  @Test
  void a_pid_file_whose_pid_now_belongs_to_another_program_does_not_stop_the_start()
      throws Exception {
    Database.embedded(data, RANDOM).close();
    Path file = data.resolve("postgres/cluster/postmaster.pid");
    Files.writeString(
        file,
        "%d\n%s\n1\n5432\n\n127.0.0.1\n  1234567         0\nready   \n"
            .formatted(ProcessHandle.current().pid(), file.getParent()));
    try (Database database = Database.embedded(data, RANDOM)) {
      assertThat(database.answers()).isTrue();
      assertThat(database.describe()).doesNotContain("adopted");
    }
  }

  private static int rows(Database database) {
    return database.sql().sql("SELECT count(*) FROM kept").query(Integer.class).single();
  }

  private Process parent(Class<?> program) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            data.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitLine(Process parent, String wanted) throws IOException {
    var lines = parent.inputReader();
    String line;
    while ((line = lines.readLine()) != null && !line.equals(wanted)) {
      assertThat(parent.isAlive()).isTrue();
    }
    assertThat(line).isEqualTo(wanted);
  }

  /// Commits a row whose check at commit takes long, and is killed meanwhile.
  static final class KilledInCommit {
    public static void main(String[] arguments) throws InterruptedException {
      Database database = Database.embedded(Path.of(arguments[0]), new SecureRandom());
      database.sql().sql("CREATE TABLE kept (n int)").update();
      database
          .sql()
          .sql(
              """
              CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql
              AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; END'
              """)
          .update();
      database
          .sql()
          .sql(
              """
              CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON kept
              DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slowly()
              """)
          .update();
      Thread.ofPlatform()
          .start(
              () ->
                  database.transact(
                      () -> database.sql().sql("INSERT INTO kept VALUES (1)").update()));
      Thread.sleep(Duration.ofSeconds(1));
      System.out.println("committing");
      System.out.flush();
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  /// Opens the database, commits one row, says so and waits to be killed.
  static final class KilledParent {
    public static void main(String[] arguments) throws InterruptedException {
      Database database = Database.embedded(Path.of(arguments[0]), new SecureRandom());
      database.transact(
          () -> {
            database.sql().sql("CREATE TABLE kept (n int)").update();
            database.sql().sql("INSERT INTO kept VALUES (1)").update();
          });
      System.out.println("committed");
      System.out.flush();
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String setting(Database database, String name) {
    return database
        .sql()
        .sql("SELECT current_setting(:name)")
        .param("name", name)
        .query(String.class)
        .single();
  }
}
