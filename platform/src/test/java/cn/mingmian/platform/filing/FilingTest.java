package cn.mingmian.platform.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.facts.FilingStatus;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.consent.SomeGate;
import cn.mingmian.platform.people.Gallery;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class FilingTest {
  @TempDir Path directory;

  @Test
  void the_day_is_latched_by_whoever_reaches_the_number_and_no_fall_undoes_it() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      Filing filing = new Filing(t.books, gate.people, Deadlines.published(), 3);
      Gallery gallery = gate.people.gallery(gate.purpose, gate.site);
      // 2026-09-10 16:30 UTC is the 11th already where the law counts.
      t.clock.set(Instant.parse("2026-09-10T15:30:00Z"));
      store(t, gate, gallery, gate.person());
      store(t, gate, gallery, gate.person());
      assertThat(filing.state().reachedOn()).isEmpty();
      PersonId third = gate.person();
      assertThat(filing.storedPersonsIncluding(Optional.of(third))).isEqualTo(3);
      t.clock.set(Instant.parse("2026-09-10T16:30:00Z"));
      Holding last = store(t, gate, gallery, third);
      assertThat(filing.storedPersonsIncluding(Optional.of(third))).isEqualTo(3);
      FilingState state = filing.state();
      assertThat(state.storedPersons()).isEqualTo(3);
      assertThat(state.reachedOn()).contains(LocalDate.of(2026, 9, 11));
      assertThat(state.status()).isEqualTo(FilingStatus.NONE);
      assertThat(state.due().orElseThrow().lastDay()).isAfter(LocalDate.of(2026, 10, 20));

      t.clock.forward(Duration.ofDays(3));
      t.database.transact(() -> gate.people.beginErasure(last.id(), "withdrawn"));
      t.database.transact(() -> gate.people.destroyed(last.id()));
      store(t, gate, gallery, gate.person());
      assertThat(filing.reachedOn()).contains(LocalDate.of(2026, 9, 11));
      assertThat(t.told(Kind.FILING_THRESHOLD_REACHED)).isEqualTo(1);
      assertThatExceptionOfType(DataAccessException.class)
          .isThrownBy(() -> t.database.sql().sql("DELETE FROM filing_threshold").update());
    }
  }

  @Test
  void a_transaction_that_fails_does_not_reach_the_number() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      Filing filing = new Filing(t.books, gate.people, Deadlines.published(), 1);
      Gallery gallery = gate.people.gallery(gate.purpose, gate.site);
      PersonId person = gate.person();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  t.database.transact(
                      () -> {
                        store(t, gate, gallery, person);
                        throw new IllegalStateException("the vault is full");
                      }));
      assertThat(filing.reachedOn()).isEmpty();
      assertThat(filing.state().storedPersons()).isZero();
    }
  }

  @Test
  void what_was_filed_is_recorded_with_its_number() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      Filing filing = new Filing(t.books, gate.people, Deadlines.published());
      assertThat(filing.status()).isEqualTo(FilingStatus.NONE);
      filing.record(
          FilingStatus.FILED, LocalDate.of(2026, 11, 20), "沪-1", SomeGate.HASH, SomeGate.ANNA);
      assertThat(filing.status()).isEqualTo(FilingStatus.FILED);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(
              () ->
                  filing.record(
                      FilingStatus.FILED,
                      LocalDate.of(2027, 1, 1),
                      "沪-2",
                      SomeGate.HASH,
                      SomeGate.ANNA));
      filing.record(
          FilingStatus.CANCELLED, LocalDate.of(2026, 11, 21), "沪-3", SomeGate.HASH, SomeGate.ANNA);
      assertThat(filing.status()).isEqualTo(FilingStatus.CANCELLED);
    }
  }

  @Test
  void the_forecast_goes_on_as_the_last_thirty_days_went_and_ends_with_the_number() {
    try (TestBooks t = new TestBooks(directory)) {
      SomeGate gate = new SomeGate(t);
      Filing filing = new Filing(t.books, gate.people, Deadlines.published(), 5);
      Gallery gallery = gate.people.gallery(gate.purpose, gate.site);
      t.clock.set(Instant.parse("2026-09-10T01:00:00Z"));
      assertThat(filing.forecast()).as("nobody came").isEmpty();
      store(t, gate, gallery, gate.person());
      store(t, gate, gallery, gate.person());
      // Two in thirty days; three more need forty-five.
      assertThat(filing.forecast()).contains(LocalDate.of(2026, 10, 25));
      t.clock.forward(Duration.ofDays(31));
      assertThat(filing.forecast()).as("nobody came lately").isEmpty();
      for (int i = 0; i < 3; i++) store(t, gate, gallery, gate.person());
      assertThat(filing.forecast()).as("it was reached").isEmpty();
      assertThat(filing.reachedOn()).contains(LocalDate.of(2026, 10, 11));
    }
  }

  private static Holding store(TestBooks t, SomeGate gate, Gallery gallery, PersonId person) {
    String template = HexFormat.of().formatHex(t.books.ids().secret()).substring(0, 32);
    return t.database.inTransaction(
        () ->
            gate.people.stored(
                person,
                gallery,
                template,
                "arcface-r50 1",
                t.clock.instant().plus(Duration.ofDays(30))));
  }
}
