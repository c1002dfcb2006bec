package cn.mingmian.platform.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void a_failed_transaction_stores_nothing_and_runs_nothing_after() {
    try (Database database = TestDatabases.fresh()) {
      database.sql().sql("CREATE TABLE kept (n int)").update();
      List<String> after = new ArrayList<>();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  database.transact(
                      () -> {
                        database.sql().sql("INSERT INTO kept VALUES (1)").update();
                        database.afterCommit(() -> after.add("ran"));
                        throw new IllegalStateException("no");
                      }));
      assertThat(database.sql().sql("SELECT count(*) FROM kept").query(Integer.class).single())
          .isZero();
      assertThat(after).isEmpty();

      database.transact(() -> database.afterCommit(() -> after.add("ran")));
      assertThat(after).containsExactly("ran");
    }
  }

  @Test
  void a_lost_database_is_said_to_be_lost() {
    try (Database database = TestDatabases.fresh()) {
      String name = TestDatabases.nameOf(database);
      TestDatabases.server().asOwner("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
      TestDatabases.server()
          .asOwner(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                  .formatted(name));
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(
              () -> database.transact(() -> database.sql().sql("SELECT 1").query().singleValue()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(DatabaseException.Reason.LOST))
          .withMessageContaining("nothing of this request");
      assertThat(database.answers()).isFalse();

      TestDatabases.server().asOwner("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
      // The pool looks again by itself; how soon depends on how long it had to wait before.
      Instant end = Instant.now().plusSeconds(20);
      while (!database.answers() && Instant.now().isBefore(end)) Thread.onSpinWait();
      assertThat(database.answers()).isTrue();
    }
  }

  @Test
  void a_schema_from_the_future_is_refused() {
    String name;
    try (Database database = TestDatabases.fresh()) {
      name = TestDatabases.nameOf(database);
      database
          .sql()
          .sql(
              """
              INSERT INTO flyway_schema_history
                (installed_rank, version, description, type, script, checksum, installed_by,
                 execution_time, success)
              VALUES (9999, '9999', 'from the future', 'SQL', 'V9999__x.sql', 1, 'x', 1, true)
              """)
          .update();
    }
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> TestDatabases.open(name))
        .withMessageContaining("newer Mingmian");
  }

  @Test
  void the_same_idempotency_key_has_one_effect_and_one_answer() {
    try (Database database = TestDatabases.fresh()) {
      IdempotentWrites writes = new IdempotentWrites(database, Clock.systemUTC());
      AtomicInteger effects = new AtomicInteger();
      byte[] hash = new byte[32];
      for (int i = 0; i < 3; i++) {
        IdempotentWrites.Answer answer =
            writes.once(
                "key_1",
                "abc",
                hash,
                () ->
                    new IdempotentWrites.Answer(
                        201,
                        ("effect " + effects.incrementAndGet()).getBytes(StandardCharsets.UTF_8),
                        false));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("effect 1");
        assertThat(answer.replayed()).isEqualTo(i > 0);
      }
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(
              () ->
                  writes.once(
                      "key_1",
                      "abc",
                      new byte[] {
                        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                        0, 0, 0, 0, 0, 0, 0
                      },
                      () -> new IdempotentWrites.Answer(201, new byte[0], false)))
          .satisfies(e -> assertThat(e.code()).isEqualTo("idempotency-key-reused"));
    }
  }
}
