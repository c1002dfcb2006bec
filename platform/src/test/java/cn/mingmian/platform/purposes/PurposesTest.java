package cn.mingmian.platform.purposes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.StaleVersionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class PurposesTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");

  @TempDir Path directory;

  @Test
  void a_purpose_counts_only_once_another_person_approved_it() {
    try (TestBooks t = new TestBooks(directory)) {
      Purposes purposes = new Purposes(t.books);
      PurposeId id = purposes.draft(SomeTerms.gate(Rung.ONE_TO_ONE), ANNA);
      assertThat(purposes.inForce(id)).isEmpty();
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> purposes.approve(id, 1, ANNA))
          .satisfies(e -> assertThat(e.code()).isEqualTo("author-is-approver"));
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> purposes.approve(id, 1, Actor.system("wizard")));
      assertThatExceptionOfType(DataAccessException.class)
          .as("the database holds it too")
          .isThrownBy(
              () ->
                  t.database
                      .sql()
                      .sql("UPDATE purpose_version SET approver = author, approved_at = now()")
                      .update());
      purposes.approve(id, 1, BO);
      assertThat(purposes.inForce(id).orElseThrow().approver()).contains(BO);
      assertThat(t.told(Kind.PURPOSE_APPROVED)).isEqualTo(1);
    }
  }

  @Test
  void a_new_version_counts_from_its_own_approval_and_the_old_text_never_changes() {
    try (TestBooks t = new TestBooks(directory)) {
      Purposes purposes = new Purposes(t.books);
      PurposeId id = purposes.draft(SomeTerms.gate(Rung.ONE_TO_ONE), ANNA);
      purposes.approve(id, 1, BO);
      int second = purposes.revise(id, 1, SomeTerms.gate(Rung.CLOSED_GROUP), BO);
      assertThat(second).isEqualTo(2);
      assertThat(purposes.inForce(id).orElseThrow().terms().rung()).isEqualTo(Rung.ONE_TO_ONE);
      assertThatExceptionOfType(StaleVersionException.class)
          .isThrownBy(() -> purposes.revise(id, 1, SomeTerms.gate(Rung.ONE_TO_ONE), ANNA));
      assertThatExceptionOfType(StaleVersionException.class)
          .isThrownBy(() -> purposes.approve(id, 1, ANNA));
      purposes.approve(id, 2, ANNA);
      assertThat(purposes.inForce(id).orElseThrow().terms().rung()).isEqualTo(Rung.CLOSED_GROUP);
      assertThat(purposes.history(id)).hasSize(2);
      for (String attack :
          List.of(
              "UPDATE purpose_version SET terms = '{}'",
              "UPDATE purpose_version SET approver = 'carol'",
              "DELETE FROM purpose_version")) {
        assertThatExceptionOfType(DataAccessException.class)
            .as(attack)
            .isThrownBy(() -> t.database.sql().sql(attack).update());
      }
      purposes.end(id, ANNA);
      assertThat(purposes.inForce(id)).isEmpty();
    }
  }

  @Test
  void least_impact_needs_a_reason_against_every_milder_means() {
    Terms oneToOne = SomeTerms.gate(Rung.ONE_TO_ONE);
    assertThat(oneToOne.leastImpact(Verb.VERIFY)).isTrue();
    assertThat(oneToOne.leastImpact(Verb.IDENTIFY)).as("1:N where 1:1 was chosen").isFalse();
    Terms group = SomeTerms.gate(Rung.CLOSED_GROUP);
    assertThat(group.leastImpact(Verb.IDENTIFY)).isTrue();
    assertThat(group.leastImpact(Verb.ANALYSE)).isFalse();
    Terms unreasoned = SomeTerms.gate(Rung.CLOSED_GROUP, Map.of(Rung.NO_FACE, "cards get lost"));
    assertThat(unreasoned.leastImpact(Verb.IDENTIFY)).isFalse();
    assertThat(unreasoned.leastImpact(Verb.VERIFY)).isFalse();
  }

  @Test
  void a_contract_cannot_demand_written_consent() {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> SomeTerms.writtenBy(new Norm(NormLevel.CONTRACT, "house rules 3")))
        .satisfies(e -> assertThat(e.code()).isEqualTo("norm-too-low"));
    assertThat(SomeTerms.writtenBy(new Norm(NormLevel.LAW, "invented act 1")).writtenConsentBy())
        .isPresent();
  }
}
