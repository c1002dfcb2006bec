package cn.mingmian.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.platform.Gate;
import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.backup.Backups.What;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real PostgreSQL, real vault, real log, real faces.
class BackupTest {
  private static final String P01 = "images/p01/enrol.jpg";
  private static final String P01_LATER = "images/p01/day1.jpg";
  private static final String P02 = "images/p02/enrol.jpg";
  private static final String P03 = "images/p03/enrol.jpg";

  @TempDir Path base;

  private Path data() {
    return base.resolve("data");
  }

  private void backup(Gate gate) {
    for (What what : What.values()) {
      gate.platform.backups().make(what, base.resolve(what.name()), Gate.APPROVER);
    }
  }

  private List<Path> parts(What... parts) {
    return java.util.Arrays.stream(parts).map(part -> base.resolve(part.name())).toList();
  }

  /// Puts backups into an empty database and says which.
  private String restore(What... parts) {
    String[] name = new String[1];
    Restore.put(
        data(),
        parts(parts),
        () -> {
          Database fresh = TestDatabases.fresh();
          name[0] = TestDatabases.nameOf(fresh);
          return fresh;
        });
    return name[0];
  }

  @Test
  void what_was_withdrawn_after_the_backup_is_withdrawn_and_erased_again_before_any_face_is_seen()
      throws IOException {
    try (Gate gate = Gate.lawful(data())) {
      PersonId stays = gate.enrolled(P01);
      PersonId leaves = gate.enrolled(P02);
      backup(gate);
      PersonId late = gate.enrolled(P03);
      Consent consent = gate.platform.consents().of(leaves).getFirst();
      gate.platform.rights().withdraw(consent.id(), "portal");
      gate.platform.close();

      // The disk is lost, all but the log.
      moveAway("vault", "keys");
      String records = restore(What.RECORDS, What.FACES, What.KEYS);
      gate.platform = gate.open(() -> TestDatabases.reopen(records));

      assertThat(gate.platform.trail().status().state())
          .isEqualTo(AuditStatus.State.RECOVERY_NEEDED);
      gate.platform.controls().runAll();
      gate.heartbeat();
      assertThat(gate.verify(stays, P01_LATER)).isNotInstanceOf(Verified.Answered.class);

      var recovery = gate.platform.recover(Gate.APPROVER);
      assertThat(recovery.reapplied()).isPositive();
      assertThat(gate.platform.trail().status().state()).isEqualTo(AuditStatus.State.WORKING);
      assertThat(gate.platform.people().holdings(leaves))
          .isNotEmpty()
          .allMatch(holding -> holding.state() == Holding.State.DESTROYED);
      assertThat(gate.platform.people().find(late)).isEmpty();
      assertThat(gate.platform.keys().status().templates()).isEqualTo(1);
      gate.platform.controls().runAll();
      gate.heartbeat();
      assertThat(gate.verify(stays, P01_LATER)).isInstanceOf(Verified.Answered.class);
    }
  }

  @Test
  void records_alone_bring_back_everything_but_the_faces() throws IOException {
    try (Gate gate = Gate.lawful(data())) {
      PersonId person = gate.enrolled(P01);
      backup(gate);
      gate.platform.close();
      moveAway("vault", "keys", "log");
      String records = restore(What.RECORDS, What.KEYS);
      // The root was restored and hangs on nothing: the vault begins anew.
      gate.platform = gate.open(() -> TestDatabases.reopen(records));
      assertThat(gate.platform.trail().status().state()).isEqualTo(AuditStatus.State.WORKING);
      assertThat(gate.platform.people().find(person)).isPresent();
      assertThat(gate.platform.reconciled().missing()).isEqualTo(1);
    }
  }

  @Test
  void an_off_site_backup_holds_no_template_and_no_key() throws IOException {
    try (Gate gate = Gate.lawful(data())) {
      gate.enrolled(P01);
      backup(gate);
      try (var files = Files.walk(base.resolve("RECORDS"))) {
        assertThat(files.map(Path::toString))
            .noneMatch(f -> f.endsWith(".tpl") || f.endsWith(".key") || f.endsWith(".pem"));
      }
      try (var files = Files.walk(base.resolve("FACES"))) {
        assertThat(files.map(Path::toString)).noneMatch(f -> f.endsWith(".key"));
      }
    }
  }

  @Test
  void faces_of_an_epoch_whose_key_died_are_dead() throws IOException {
    try (Gate gate = Gate.lawful(data())) {
      gate.enrolled(P01);
      gate.platform.backups().make(What.FACES, base.resolve("FACES"), Gate.APPROVER);
      gate.platform.keys().rotateEpoch(Gate.APPROVER);
      gate.platform.backups().make(What.KEYS, base.resolve("KEYS"), Gate.APPROVER);
      gate.platform.close();
      moveAway("vault", "keys");
      assertThatThrownBy(() -> restore(What.FACES, What.KEYS))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("these faces are dead: they hang on epoch key 1");
      assertThat(data().resolve("vault")).doesNotExist();
    }
  }

  @Test
  void nothing_is_put_over_what_is_there_and_nothing_altered_is_put_back() throws IOException {
    try (Gate gate = Gate.lawful(data())) {
      backup(gate);
      gate.platform.close();
      assertThatThrownBy(() -> restore(What.FACES, What.KEYS))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("is not empty: move it away");
      moveAway("vault");
      Path log = base.resolve("RECORDS/log/checkpoint");
      Files.writeString(log, Files.readString(log) + "\n");
      assertThatThrownBy(() -> restore(What.RECORDS))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("is altered");
      assertThatThrownBy(
              () -> Restore.put(data(), List.of(base.resolve("nowhere")), TestDatabases::fresh))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("it is no backup");
    }
  }

  @Test
  void a_database_with_rows_is_not_overwritten() {
    try (Gate gate = Gate.lawful(data())) {
      backup(gate);
      String name = TestDatabases.nameOf(gate.platform.database());
      gate.platform.close();
      assertThatThrownBy(
              () -> Restore.put(data(), parts(What.RECORDS), () -> TestDatabases.reopen(name)))
          .isInstanceOf(RejectedRecordException.class)
          .hasMessageContaining("restore into a new data directory");
    }
  }

  private void moveAway(String... directories) throws IOException {
    for (String directory : directories) {
      Files.move(data().resolve(directory), base.resolve("lost-" + directory));
    }
  }
}
