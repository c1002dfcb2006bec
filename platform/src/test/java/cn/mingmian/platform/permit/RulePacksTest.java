package cn.mingmian.platform.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.permit.RulePacks.Choice;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulePacksTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");

  @TempDir Path directory;

  @Test
  void a_pack_is_on_at_once_and_off_only_when_another_person_approves() {
    try (TestBooks t = new TestBooks(directory)) {
      Statements statements = new Statements(t.books);
      RulePacks packs = new RulePacks(statements, Pack.BY_DEFAULT);
      assertThat(packs.inForce()).containsExactly(Pack.STANDARDS);

      packs.choose(new Choice(Pack.DRAFT_2023, true, "更严格的内部标准"), ANNA);
      assertThat(packs.inForce()).containsExactlyInAnyOrder(Pack.STANDARDS, Pack.DRAFT_2023);

      t.clock.forward(Duration.ofHours(1));
      String off = packs.choose(new Choice(Pack.DRAFT_2023, false, "已被2025年办法取代"), ANNA);
      assertThat(packs.inForce()).contains(Pack.DRAFT_2023);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> statements.approve(off, ANNA));
      assertThat(packs.inForce()).contains(Pack.DRAFT_2023);
      statements.approve(off, BO);
      assertThat(packs.inForce()).containsExactly(Pack.STANDARDS);

      assertThat(t.told(Kind.STATEMENT_MADE)).isEqualTo(2);
      assertThat(t.told(Kind.STATEMENT_APPROVED)).isEqualTo(1);
      assertThat(packs.history()).hasSize(2);
    }
  }

  @Test
  void an_old_proposal_to_switch_off_does_not_undo_a_later_switching_on() {
    try (TestBooks t = new TestBooks(directory)) {
      Statements statements = new Statements(t.books);
      RulePacks packs = new RulePacks(statements, Pack.BY_DEFAULT);
      String off = packs.choose(new Choice(Pack.STANDARDS, false, "too strict"), ANNA);
      t.clock.forward(Duration.ofHours(1));
      packs.choose(new Choice(Pack.STANDARDS, true, "we keep to them"), BO);
      statements.approve(off, BO);
      assertThat(packs.inForce()).containsExactly(Pack.STANDARDS);
    }
  }

  @Test
  void no_choice_without_a_reason() {
    try (TestBooks t = new TestBooks(directory)) {
      RulePacks packs = new RulePacks(new Statements(t.books), Pack.BY_DEFAULT);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> packs.choose(new Choice(Pack.PROPOSALS, true, " "), ANNA));
      assertThat(packs.history()).isEmpty();
    }
  }
}
