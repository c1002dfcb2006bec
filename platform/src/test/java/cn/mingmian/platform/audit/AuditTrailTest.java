package cn.mingmian.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.ledger.Receipt;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class AuditTrailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Actor STAFF = new Actor("staff-1");
  private static final Ids IDS = new Ids(new SecureRandom());

  @TempDir Path directory;

  @Test
  void a_committed_entry_gets_a_number_and_a_receipt_that_checks() {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      EntryId id = append(database, trail, "first");
      assertThat(trail.awaitPublished(id, PATIENCE)).isTrue();
      Receipt receipt = trail.receipt(id).orElseThrow();
      assertThat(Receipt.parse(receipt.text().getBytes(StandardCharsets.UTF_8)).index()).isZero();
      assertThat(trail.find(id).orElseThrow().opens()).isTrue();
      assertThat(trail.status().working()).isTrue();
    }
  }

  @Test
  void an_entry_of_a_failed_transaction_never_was() {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      List<EntryId> lost = new ArrayList<>();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  database.transact(
                      () -> {
                        lost.add(trail.append(Entry.of(Kind.SELF_CHECK)));
                        throw new IllegalStateException("no");
                      }));
      EntryId kept = append(database, trail, "kept");
      assertThat(trail.awaitPublished(kept, PATIENCE)).isTrue();
      assertThat(trail.find(lost.getFirst())).isEmpty();
      assertThat(trail.find(kept).orElseThrow().number()).contains(0L);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> trail.append(Entry.of(Kind.SELF_CHECK)))
          .withMessageContaining("transaction");
    }
  }

  @Test
  void a_log_that_lost_its_checkpoint_file_for_a_while_catches_up_by_itself() throws Exception {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      assertThat(trail.awaitPublished(append(database, trail, "before"), PATIENCE)).isTrue();
      // A directory where the checkpoint belongs: neither can it be replaced nor read.
      Path checkpoint = directory.resolve("log/checkpoint");
      Path aside = directory.resolve("aside");
      Files.move(checkpoint, aside);
      Files.createDirectories(checkpoint.resolve("in-the-way"));
      EntryId waiting = append(database, trail, "waiting");
      assertThat(trail.awaitPublished(waiting, Duration.ofMillis(1_500))).isFalse();
      assertThat(trail.status().working()).isFalse();
      Files.delete(checkpoint.resolve("in-the-way"));
      Files.delete(checkpoint);
      Files.move(aside, checkpoint);
      assertThat(trail.awaitPublished(waiting, PATIENCE)).isTrue();
      EntryId after = append(database, trail, "after");
      assertThat(trail.awaitPublished(after, PATIENCE)).isTrue();
      assertThat(trail.status().working()).isTrue();
    }
  }

  @Test
  void numbers_that_a_killed_database_lost_are_read_back_while_the_program_runs() {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      database.sql().sql("ALTER TABLE audit_entry DISABLE TRIGGER USER").update();
      List<EntryId> ids = new ArrayList<>();
      // Written first, committed last.
      database.transact(
          () -> {
            ids.add(trail.append(Entry.of(Kind.SELF_CHECK).fact("name", "slow")));
            Thread quick =
                Thread.ofPlatform().start(() -> ids.add(append(database, trail, "quick")));
            try {
              quick.join();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            assertThat(trail.awaitPublished(ids.get(1), PATIENCE)).isTrue();
            // What a crash of the server alone may do to a commit that was not forced.
            Thread loser =
                Thread.ofPlatform()
                    .start(
                        () -> database.sql().sql("UPDATE audit_entry SET number = NULL").update());
            try {
              loser.join();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(trail.awaitPublished(ids.get(0), PATIENCE)).isTrue();
      assertThat(trail.find(ids.get(1)).orElseThrow().number()).contains(0L);
      assertThat(trail.find(ids.get(0)).orElseThrow().number()).contains(1L);
      assertThat(trail.status().working()).isTrue();
    }
  }

  @Test
  void numbers_have_no_gaps_when_many_write_at_once_and_some_fail() throws Exception {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC());
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    boolean fails = i % 5 == 4;
                    try {
                      database.transact(
                          () -> {
                            trail.append(Entry.of(Kind.SELF_CHECK));
                            if (fails) throw new IllegalStateException("no");
                          });
                    } catch (IllegalStateException expected) {
                      assertThat(fails).isTrue();
                    }
                  }
                }));
      }
      for (Future<?> f : all) f.get();
      EntryId last = append(database, trail, "last");
      assertThat(trail.awaitPublished(last, PATIENCE)).isTrue();
      assertThat(
              database
                  .sql()
                  .sql("SELECT number FROM audit_entry ORDER BY number")
                  .query(Long.class)
                  .list())
          .containsExactlyElementsOf(Stream.iterate(0L, n -> n + 1).limit(161).toList());
      assertThat(trail.status().published()).isEqualTo(161);
    }
  }

  @Test
  void no_personal_data_and_no_pseudonym_reaches_the_log() throws Exception {
    String person = IDS.next("per");
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      List<EntryId> ids = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        ids.add(
            database.inTransaction(
                () ->
                    trail.append(
                        Entry.of(Kind.CONSENT_GIVEN)
                            .about(person)
                            .fact("purpose", "pur_gate")
                            .sealed("birthDate", "1980-01-01"))));
      }
      assertThat(trail.awaitPublished(ids.getLast(), PATIENCE)).isTrue();
      // Closed, the log no longer replaces its files while they are read.
      trail.close();
      for (Path file : filesBelow(directory)) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain(person).doesNotContain("1980-01-01");
      }
      // The same sealed facts twice give two commitments: nobody can link them.
      List<RecordedEntry> both = trail.about(person, 10);
      assertThat(both).hasSize(2);
      assertThat(commitmentOf(both.get(0))).isNotEqualTo(commitmentOf(both.get(1)));
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> Entry.of(Kind.CONSENT_GIVEN).fact("who", List.of(person)));

      // Forgotten: the entries stay, nothing opens them, nobody is named.
      assertThat(trail.forget(person, Instant.now().plusSeconds(60))).isEqualTo(2);
      assertThat(trail.about(person, 10)).isEmpty();
      assertThat(trail.find(ids.getFirst()).orElseThrow().opens()).isFalse();
    }
  }

  @Test
  void nobody_changes_or_deletes_an_entry_in_the_database() {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      EntryId id = append(database, trail, "kept");
      assertThat(trail.awaitPublished(id, PATIENCE)).isTrue();
      for (String attack :
          List.of(
              "DELETE FROM audit_entry",
              "TRUNCATE audit_entry",
              "UPDATE audit_entry SET entry = '{}'",
              "UPDATE audit_entry SET number = 7",
              "UPDATE audit_entry SET number = NULL",
              "UPDATE audit_entry SET at = now()",
              "UPDATE audit_entry SET salt = decode(repeat('00', 32), 'hex')")) {
        assertThatExceptionOfType(DataAccessException.class)
            .as(attack)
            .isThrownBy(() -> database.sql().sql(attack).update());
      }
    }
  }

  @Test
  void what_a_crash_left_unpublished_is_published_at_the_next_start() {
    try (Database database = TestDatabases.fresh()) {
      EntryId numbered;
      EntryId waiting;
      try (AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
        assertThat(trail.awaitPublished(append(database, trail, "before"), PATIENCE)).isTrue();
      }
      // As a kill leaves them: one committed, one numbered too, neither in the log.
      numbered = insertRaw(database, 1L);
      waiting = insertRaw(database, null);
      try (AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
        assertThat(trail.status().working()).isTrue();
        assertThat(trail.receipt(numbered).orElseThrow().index()).isEqualTo(1);
        assertThat(trail.receipt(waiting).orElseThrow().index()).isEqualTo(2);
      }
    }
  }

  @Test
  void numbers_that_a_power_cut_lost_are_read_back_from_the_log() {
    String name;
    List<EntryId> ids = new ArrayList<>();
    try (Database database = TestDatabases.fresh()) {
      try (AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
        for (int i = 0; i < 3; i++) ids.add(append(database, trail, "entry " + i));
        assertThat(trail.awaitPublished(ids.getLast(), PATIENCE)).isTrue();
      }
      name = TestDatabases.nameOf(database);
      // The disk as a power cut may leave it: the entries are there, their numbers are not.
      database.sql().sql("ALTER TABLE audit_entry DISABLE TRIGGER USER").update();
      database.sql().sql("UPDATE audit_entry SET number = NULL WHERE number > 0").update();
      database.sql().sql("ALTER TABLE audit_entry ENABLE TRIGGER USER").update();
    }
    try (Database database = TestDatabases.reopen(name);
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      assertThat(trail.status().working()).isTrue();
      assertThat(trail.status().published()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(trail.find(ids.get(i)).orElseThrow().number()).contains((long) i);
      }
      EntryId next = append(database, trail, "next");
      assertThat(trail.awaitPublished(next, PATIENCE)).isTrue();
      assertThat(trail.receipt(next).orElseThrow().index()).isEqualTo(3);
    }
  }

  @Test
  void a_restored_backup_is_noticed_and_later_withdrawals_are_done_again() {
    byte[] secret = IDS.secret();
    String name;
    try (Database database = TestDatabases.fresh()) {
      try (AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
        append(database, trail, "before the backup");
      }
      name = TestDatabases.nameOf(database);
    }
    Database backup = TestDatabases.copyOf(name);
    EntryId withdrawn;
    try (Database database = TestDatabases.reopen(name);
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      withdrawn =
          database.inTransaction(
              () ->
                  trail.append(
                      Entry.of(Kind.CONSENT_WITHDRAWN)
                          .sealed("consent", IDS.next("con"))
                          .tag(Tag.of("withdrawn", secret))));
      append(database, trail, "after");
    }
    try (backup;
        AuditTrail trail = TestTrails.open(backup, directory, Clock.systemUTC())) {
      assertThat(trail.status().state()).isEqualTo(AuditStatus.State.RECOVERY_NEEDED);
      assertThat(trail.status().detail()).contains("2 entries ahead");
      EntryId held = append(backup, trail, "while waiting");
      assertThat(trail.awaitPublished(held, Duration.ofMillis(300))).isFalse();

      List<Tag> seen = new ArrayList<>();
      Recovery recovery =
          trail.recover(
              List.of(
                  (kind, at, tag) -> {
                    seen.add(tag);
                    return kind == Kind.CONSENT_WITHDRAWN
                        && tag.equals(Tag.of("withdrawn", secret));
                  }),
              STAFF);
      assertThat(recovery.missed()).isEqualTo(2);
      assertThat(recovery.reapplied()).isEqualTo(1);
      assertThat(recovery.kinds())
          .containsEntry("CONSENT_WITHDRAWN", 1)
          .containsEntry("SELF_CHECK", 1);
      assertThat(seen).containsExactly(Tag.of("withdrawn", secret));
      assertThat(trail.awaitPublished(held, PATIENCE)).isTrue();
      assertThat(trail.status().working()).isTrue();
      assertThat(trail.find(withdrawn).orElseThrow().number()).contains(1L);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> trail.recover(List.of(), STAFF))
          .satisfies(e -> assertThat(e.code()).isEqualTo("no-recovery-needed"));
    }
  }

  @Test
  void a_log_of_another_database_is_not_written_to() {
    try (Database one = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(one, directory, Clock.systemUTC())) {
      append(one, trail, "one");
    }
    try (Database other = TestDatabases.fresh()) {
      insertRaw(other, 0L);
      try (AuditTrail trail = TestTrails.open(other, directory, Clock.systemUTC())) {
        assertThat(trail.status().state()).isEqualTo(AuditStatus.State.DIVERGED);
        EntryId id = append(other, trail, "not published");
        assertThat(trail.awaitPublished(id, Duration.ofMillis(200))).isFalse();
        assertThatExceptionOfType(RejectedRecordException.class)
            .isThrownBy(() -> trail.recover(List.of(), STAFF))
            .satisfies(e -> assertThat(e.code()).isEqualTo("log-diverged"));
      }
    }
  }

  @Test
  void a_log_that_cannot_be_written_is_said_to_fail_and_catches_up_when_it_can() throws Exception {
    try (Database database = TestDatabases.fresh();
        AuditTrail trail = TestTrails.open(database, directory, Clock.systemUTC())) {
      assertThat(trail.awaitPublished(append(database, trail, "one"), PATIENCE)).isTrue();
      // A file where the log wants a directory: root, too, cannot write through that.
      Path tiles = directory.resolve("log/tile");
      Path aside = directory.resolve("aside");
      Files.move(tiles, aside);
      Files.createFile(tiles);
      EntryId held = append(database, trail, "two");
      assertThat(trail.awaitPublished(held, Duration.ofMillis(500))).isFalse();
      assertThat(trail.status().state()).isEqualTo(AuditStatus.State.FAILING);
      assertThat(trail.status().detail()).isNotBlank();
      Files.delete(tiles);
      Files.move(aside, tiles);
      assertThat(trail.awaitPublished(held, PATIENCE)).isTrue();
      awaitWorking(trail);
    }
  }

  private static void awaitWorking(AuditTrail trail) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!trail.status().working() && Instant.now().isBefore(end)) Thread.sleep(20);
    assertThat(trail.status().working()).isTrue();
  }

  private static EntryId append(Database database, AuditTrail trail, String what) {
    return database.inTransaction(
        () -> trail.append(Entry.of(Kind.SELF_CHECK).sealed("what", what)));
  }

  private static EntryId insertRaw(Database database, @org.jspecify.annotations.Nullable Long n) {
    EntryId id = new EntryId(IDS.next("ent"));
    Instant now = Instant.now();
    database
        .sql()
        .sql(
            "INSERT INTO audit_entry (id, at, kind, entry, number)"
                + " VALUES (:id, now(), 'SELF_CHECK', :entry, :number)")
        .param("id", id.value())
        .param("entry", EntryText.write(id, now, Entry.of(Kind.SELF_CHECK), null))
        .param("number", n, java.sql.Types.BIGINT)
        .update();
    return id;
  }

  private static String commitmentOf(RecordedEntry entry) {
    String text = new String(entry.entry(), StandardCharsets.UTF_8);
    return text.replaceAll(".*\"commitment\":\"([^\"]+)\".*", "$1");
  }

  private static List<Path> filesBelow(Path directory) throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
