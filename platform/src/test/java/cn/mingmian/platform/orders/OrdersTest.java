package cn.mingmian.platform.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.Norm;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class OrdersTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");
  private static final String HASH = "cd".repeat(32);

  @TempDir Path directory;

  @Test
  void an_injunction_counts_at_once_and_its_author_cannot_lift_it() {
    try (TestBooks t = new TestBooks(directory)) {
      Orders orders = new Orders(t.books);
      Instant now = t.clock.instant();
      OrderId id = orders.enter(restricting(OrderKind.INJUNCTION, Scope.EVERYTHING, now), ANNA);
      assertThat(orders.inForce(OrderKind.INJUNCTION, Scope.EVERYTHING, now)).hasSize(1);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> orders.end(id, HASH, ANNA));
      t.clock.forward(Duration.ofHours(1));
      orders.end(id, HASH, BO);
      assertThat(orders.inForce(OrderKind.INJUNCTION, Scope.EVERYTHING, t.clock.instant()))
          .isEmpty();
      for (String attack :
          List.of("DELETE FROM legal_order", "UPDATE legal_order SET ended_at = NULL")) {
        assertThatExceptionOfType(DataAccessException.class)
            .as(attack)
            .isThrownBy(() -> t.database.sql().sql(attack).update());
      }
    }
  }

  @Test
  void an_emergency_cannot_be_dated_back_needs_a_second_person_and_ends_by_itself() {
    try (TestBooks t = new TestBooks(directory)) {
      Orders orders = new Orders(t.books);
      Instant now = t.clock.instant();
      Instant until = now.plus(Duration.ofDays(2));
      OrderId id = orders.enter(emergency(now.minus(Duration.ofDays(30)), until), ANNA);
      assertThat(orders.inForce(OrderKind.GROUND, Scope.EVERYTHING, now)).isEmpty();
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> orders.approve(id, ANNA));
      t.clock.forward(Duration.ofHours(1));
      orders.approve(id, BO);
      Instant approved = t.clock.instant();
      assertThat(orders.inForce(OrderKind.GROUND, Scope.EVERYTHING, now))
          .as("what happened before is not covered")
          .isEmpty();
      assertThat(orders.inForce(OrderKind.GROUND, Scope.EVERYTHING, approved)).hasSize(1);
      assertThat(orders.inForce(OrderKind.GROUND, Scope.EVERYTHING, until)).isEmpty();
    }
  }

  @Test
  void what_allows_has_a_norm_and_an_end() {
    Instant now = Instant.parse("2026-11-23T02:00:00Z");
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(
            () ->
                new OrderDraft(
                    OrderKind.MANDATE,
                    Scope.EVERYTHING,
                    "ministry",
                    HASH,
                    Optional.of(new Norm(NormLevel.LAW, "invented act 1")),
                    Optional.empty(),
                    now,
                    Optional.empty()))
        .satisfies(e -> assertThat(e.code()).isEqualTo("end-missing"));
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(
            () ->
                new OrderDraft(
                    OrderKind.NOTICE_EXEMPTION,
                    Scope.EVERYTHING,
                    "ministry",
                    HASH,
                    Optional.empty(),
                    Optional.empty(),
                    now,
                    Optional.of(now.plusSeconds(60))))
        .satisfies(e -> assertThat(e.code()).isEqualTo("norm-missing"));
  }

  @Test
  void a_hold_on_one_person_reaches_nobody_else() {
    try (TestBooks t = new TestBooks(directory)) {
      Orders orders = new Orders(t.books);
      People people = new People(t.books);
      PersonId held = people.register(Optional.empty(), Optional.empty(), ANNA).id();
      PersonId other = people.register(Optional.empty(), Optional.empty(), ANNA).id();
      Instant now = t.clock.instant();
      orders.enter(restricting(OrderKind.LEGAL_HOLD, Scope.of(held), now), ANNA);
      assertThat(orders.inForce(OrderKind.LEGAL_HOLD, Scope.of(held), now)).hasSize(1);
      assertThat(orders.inForce(OrderKind.LEGAL_HOLD, Scope.of(other), now)).isEmpty();
      assertThat(orders.inForce(OrderKind.LEGAL_HOLD, Scope.EVERYTHING, now)).isEmpty();
    }
  }

  private static OrderDraft restricting(OrderKind kind, Scope scope, Instant from) {
    return new OrderDraft(
        kind, scope, "a court", HASH, Optional.empty(), Optional.empty(), from, Optional.empty());
  }

  private static OrderDraft emergency(Instant from, Instant until) {
    return new OrderDraft(
        OrderKind.GROUND,
        Scope.EVERYTHING,
        "fire brigade",
        HASH,
        Optional.of(new Norm(NormLevel.LAW, "PIPL 13(4)")),
        Optional.of(Ground.EMERGENCY),
        from,
        Optional.of(until));
  }
}
