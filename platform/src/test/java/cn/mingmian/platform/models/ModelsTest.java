package cn.mingmian.platform.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");
  private static final Bilingual WHY = new Bilingual("已知悉来源不明，仅用于试点。", "known; pilot only.");

  @TempDir Path directory;

  @Test
  void the_card_says_what_is_not_proven_and_what_is_not_installed() {
    ModelCard card = new Models(directory.resolve("models")).byDefault();
    assertThat(card.installed()).isFalse();
    assertThat(card.files()).hasSize(4).allSatisfy(file -> assertThat(file.found()).isEmpty());
    assertThat(card.licence()).isEqualTo("MIT");
    assertThat(card.unproven()).isNotEmpty();
    assertThat(card.neverInstalled().en()).contains("age, gender and expression");
    assertThat(card.calibration().points()).hasSizeGreaterThan(5);
  }

  @Test
  void an_unknown_pack_is_named_in_the_answer() {
    assertThatExceptionOfType(UnknownRecordException.class)
        .isThrownBy(() -> new Models(directory).card("nobody-1.0"))
        .withMessageContaining("nobody-1.0");
  }

  @Test
  void an_unproven_origin_counts_as_accepted_once_somebody_else_approved() {
    try (TestBooks t = new TestBooks(directory)) {
      ModelOrigin origin = new ModelOrigin(new Statements(t.books), ModelPack.byDefault());
      assertThat(origin.undecided().orElseThrow().unproven()).isNotEmpty();
      String statement = origin.propose(WHY, ANNA);
      assertThat(origin.undecided()).isPresent();
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(origin::requireDecided)
          .withMessageContaining("have another person approve it");
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> origin.approve(statement, ANNA));
      origin.approve(statement, BO);
      assertThat(origin.undecided()).isEmpty();
      origin.requireDecided();
      assertThat(origin.accepted().orElseThrow().body().reasons()).isEqualTo(WHY);
    }
  }

  @Test
  void an_acceptance_lapses_when_the_card_says_something_else() {
    try (TestBooks t = new TestBooks(directory)) {
      Statements statements = new Statements(t.books);
      ModelOrigin origin = new ModelOrigin(statements, ModelPack.byDefault());
      origin.approve(origin.propose(WHY, ANNA), BO);
      String pack = ModelPack.byDefault().id();
      List<Bilingual> found = List.of(new Bilingual("新发现的问题", "something newly found"));
      assertThat(new ModelOrigin(statements, pack, found).undecided()).isPresent();
      assertThat(new ModelOrigin(statements, pack, List.of()).undecided()).isEmpty();
    }
  }
}
