package cn.mingmian.platform.consent;

import static cn.mingmian.platform.consent.SomeGate.ANNA;
import static cn.mingmian.platform.consent.SomeGate.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.ConsentBy;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class ConsentsTest {
  @TempDir Path directory;

  @Test
  void a_consent_rests_on_the_notice_that_was_shown_and_serves_one_purpose() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      PersonId person = gate.person();
      ConsentDraft draft = gate.draft(person, gate.act(), Verb.ENROL, Verb.VERIFY);
      Consents.Given given = gate.consents.give(draft);
      assertThat(given.consent().form()).isEqualTo(ConsentForm.SEPARATE);
      assertThat(given.consent().noticeVersion()).isEqualTo(1);
      assertThat(given.consent().operations()).containsExactlyInAnyOrder(Verb.ENROL, Verb.VERIFY);
      assertThat(given.consent().conditional()).isFalse();
      assertThat(t.trail.awaitPublished(given.entry(), Duration.ofSeconds(10))).isTrue();

      assertThatExceptionOfType(RejectedRecordException.class)
          .as("one act, one purpose")
          .isThrownBy(() -> gate.consents.give(draft))
          .satisfies(e -> assertThat(e.code()).isEqualTo("act-already-used"));
      assertThat(gate.consents.standing(gate.purpose, Verb.VERIFY)).containsExactly(person);
      assertThat(gate.consents.standing(gate.purpose, Verb.IDENTIFY)).isEmpty();
    }
  }

  @Test
  void what_kind_of_consent_it_is_follows_from_how_it_happened() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      PersonId p = gate.person();
      Consent bundled =
          gate.consents
              .give(gate.draft(p, gate.act("a", List.of("terms of service"), 2), Verb.VERIFY))
              .consent();
      assertThat(bundled.form()).isEqualTo(ConsentForm.BUNDLED);
      Consent tied =
          gate.consents.give(gate.draft(p, gate.act("b", List.of(), 0), Verb.VERIFY)).consent();
      assertThat(tied.conditional()).as("no other way stood open").isTrue();
      Consent implied =
          gate.consents
              .give(
                  gate.draft(
                      p,
                      new ConsentDraft.Act(
                          "c", "kiosk", false, true, List.of(), 2, Optional.empty(), HASH),
                      Verb.VERIFY))
              .consent();
      assertThat(implied.form()).isEqualTo(ConsentForm.IMPLIED);
      assertThat(implied.preTicked()).isTrue();
      Consent written =
          gate.consents
              .give(
                  gate.draft(
                      p,
                      new ConsentDraft.Act(
                          "d", "desk", true, false, List.of(), 2, Optional.of(HASH), HASH),
                      Verb.VERIFY))
              .consent();
      assertThat(written.form()).isEqualTo(ConsentForm.WRITTEN);
      assertThatExceptionOfType(DataAccessException.class)
          .as("nobody improves a consent afterwards")
          .isThrownBy(() -> t.database.sql().sql("UPDATE consent SET form = 'SEPARATE'").update());
    }
  }

  @Test
  void a_withdrawal_holds_at_once_is_repeatable_and_leaves_the_past_as_it_was() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      PersonId person = gate.person();
      Consent consent = gate.consents.give(gate.draft(person, gate.act(), Verb.VERIFY)).consent();
      t.clock.forward(Duration.ofHours(1));
      Withdrawal first = gate.consents.withdraw(consent.id(), "portal");
      t.clock.forward(Duration.ofHours(1));
      Withdrawal second = gate.consents.withdraw(consent.id(), "desk");
      assertThat(second.repeated()).isTrue();
      assertThat(second.at()).isEqualTo(first.at());
      assertThat(second.entry()).isEqualTo(first.entry());
      assertThat(t.told(Kind.CONSENT_WITHDRAWN)).isEqualTo(1);
      Consent now = gate.consents.find(consent.id()).orElseThrow();
      assertThat(now.withdrawn(first.at().minusMillis(1))).isFalse();
      assertThat(now.withdrawn(first.at())).isTrue();
      assertThat(now.givenAt()).isEqualTo(consent.givenAt());
      assertThat(gate.consents.standing(gate.purpose, Verb.VERIFY)).isEmpty();
      assertThatExceptionOfType(DataAccessException.class)
          .isThrownBy(() -> t.database.sql().sql("DELETE FROM consent_withdrawal").update());
    }
  }

  @Test
  void a_withdrawal_that_a_restored_backup_forgot_is_done_again() {
    String name;
    SomeGate before;
    Consent consent;
    Consent forced;
    Consent other;
    try (TestBooks t = new TestBooks(directory)) {
      before = new SomeGate(t);
      consent =
          before.consents.give(before.draft(before.person(), before.act(), Verb.VERIFY)).consent();
      forced =
          before.consents.give(before.draft(before.person(), before.act(), Verb.VERIFY)).consent();
      other =
          before.consents.give(before.draft(before.person(), before.act(), Verb.VERIFY)).consent();
      name = TestDatabases.nameOf(t.database);
    }
    Database backup = TestDatabases.copyOf(name);
    Instant at;
    try (TestBooks t = new TestBooks(TestDatabases.reopen(name), directory)) {
      at = again(t, before).consents.withdraw(consent.id(), "portal").at();
      again(t, before).consents.declareVoid(forced.id(), "pressed", HASH, ANNA);
    }
    try (TestBooks t = new TestBooks(backup, directory)) {
      Consents consents = again(t, before).consents;
      assertThat(consents.find(consent.id()).orElseThrow().withdrawnAt())
          .as("the backup does not know")
          .isEmpty();
      t.trail.recover(List.of(consents.reapplyWithdrawals()), ANNA);
      assertThat(consents.find(consent.id()).orElseThrow().withdrawnAt()).contains(at);
      assertThat(consents.find(forced.id()).orElseThrow().withdrawnAt()).isPresent();
      assertThat(consents.find(other.id()).orElseThrow().withdrawnAt()).isEmpty();
      assertThat(consents.withdraw(consent.id(), "portal").repeated()).isTrue();
    }
  }

  @Test
  void a_guardian_agrees_for_a_child_only_through_a_relation_that_staff_verified() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      PersonId child = gate.person();
      PersonId sibling = gate.person();
      PersonId mother = gate.person();
      GuardianshipId relation = gate.consents.verifyGuardian(child, mother, HASH, ANNA);
      Consent consent =
          gate.consents.give(by(relation, gate.draft(child, gate.act(), Verb.VERIFY))).consent();
      assertThat(consent.by()).isEqualTo(ConsentBy.GUARDIAN);
      assertThat(consent.guardianVerified()).isTrue();
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(
              () -> gate.consents.give(by(relation, gate.draft(sibling, gate.act(), Verb.VERIFY))))
          .satisfies(e -> assertThat(e.code()).isEqualTo("guardian-of-another-child"));
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> gate.consents.verifyGuardian(child, child, HASH, ANNA));
    }
  }

  @Test
  void a_refusal_is_remembered_so_that_nobody_is_pressed() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      PersonId person = gate.person();
      assertThat(gate.consents.lastRefusedAt(person, gate.purpose)).isEmpty();
      gate.consents.refuse(person, gate.purpose);
      t.clock.forward(Duration.ofHours(5));
      gate.consents.refuse(person, gate.purpose);
      assertThat(gate.consents.lastRefusedAt(person, gate.purpose)).contains(t.clock.instant());
    }
  }

  @Test
  void the_bearing_consent_is_the_standing_one_and_a_void_one_does_not_stand() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      PersonId p = gate.person();
      Consent first = gate.consents.give(gate.draft(p, gate.act(), Verb.VERIFY)).consent();
      t.clock.forward(Duration.ofHours(1));
      Consent second = gate.consents.give(gate.draft(p, gate.act(), Verb.ENROL)).consent();
      Instant now = t.clock.instant();
      assertThat(gate.consents.bearing(p, gate.purpose, Verb.VERIFY, now).orElseThrow().id())
          .isEqualTo(first.id());
      assertThat(gate.consents.bearing(p, gate.purpose, Verb.TRANSMIT, now).orElseThrow().id())
          .as("none names it: the newest tells what was agreed instead")
          .isEqualTo(second.id());
      gate.consents.declareVoid(first.id(), "pressed at the counter", HASH, ANNA);
      assertThat(gate.consents.find(first.id()).orElseThrow().voidedAt()).isPresent();
      assertThat(gate.consents.standing(gate.purpose, Verb.VERIFY)).isEmpty();
    }
  }

  private static ConsentDraft by(GuardianshipId relation, ConsentDraft d) {
    return new ConsentDraft(
        d.person(),
        d.purpose(),
        d.operations(),
        Set.of(),
        d.recipient(),
        Optional.of(relation),
        d.notice(),
        d.act());
  }

  private static SomeGate again(TestBooks t, SomeGate before) {
    return new SomeGate(t, Optional.of(before.purpose), Optional.of(before.site));
  }
}
