package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Place;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CuresTest {
  private static final Rulebook BOOK = Rulebook.standard();

  @Test
  void a_permit_needs_no_cure() {
    assertThat(Cures.of(BOOK, StoriesTest.base("estate-verify"))).isEmpty();
  }

  @Test
  void one_other_way_cures_a_gate_that_takes_faces_only() {
    Facts facts = StoriesTest.base("estate-deploy").but().alternatives(Set.of()).build();
    List<Cures.Cure> cures = Cures.of(BOOK, facts);
    assertThat(cures.getFirst().field().pointer()).isEqualTo("/alternatives");
    assertThat(cures.getFirst().value()).isEqualTo(Set.of(Alternative.PASSWORD));
    assertThat(cures.getFirst().outcome()).isNotEqualTo(Outcome.REFUSE);
    assertThat(cures.getFirst().lifted()).contains("MEASURES-2025/10.1", "SPC-2021/10.1");
  }

  @Test
  void nothing_that_can_be_done_cures_a_toilet() {
    Facts facts = StoriesTest.base("estate-deploy").but().site(s -> s.place(Place.TOILET)).build();
    assertThat(Cures.of(BOOK, facts)).isEmpty();
  }

  @Test
  void every_cure_does_what_it_says_and_breaks_nothing_new() {
    RandomFacts random = new RandomFacts("cures");
    for (int i = 0; i < 3_000; i++) {
      Facts facts = random.near(3);
      Set<String> before = Set.copyOf(BOOK.verdict(facts).violated());
      for (Cures.Cure cure : Cures.of(BOOK, facts)) {
        Verdict after = BOOK.verdict(cure.field().with(facts, cure.value()));
        assertThat(after.outcome()).isEqualTo(cure.outcome());
        assertThat(before).containsAll(after.violated()).containsAll(cure.lifted());
        assertThat(after.violated()).doesNotContainAnyElementsOf(cure.lifted());
      }
    }
  }
}
