package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Consent;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The cases that the sources tell, as they would be decided.
class StoriesTest {
  private static final Rulebook BOOK = Rulebook.standard();

  @Test
  void the_unprotected_face_database_of_2019_may_not_take_in_or_show_a_single_face_today() {
    for (String base : Set.of("estate-enrol", "office-access", "counter-provide")) {
      Facts facts =
          base(base)
              .but()
              .processor(p -> p.controls().mlpsLevel(0).storedPersons(2_500_000))
              .build();
      assertThat(BOOK.decide(facts).violated())
          .contains("MEASURES-2025/14.1", "MEASURES-2025/14.2");
    }
    Facts known = base("estate-enrol").but().processor(p -> p.storedPersons(2_500_000)).build();
    assertThat(BOOK.decide(known).violated()).containsExactly("MEASURES-2025/15.1");
  }

  @Test
  void the_unprotected_face_database_of_2019_is_judged_by_the_law_of_its_day() {
    Facts facts =
        base("estate-enrol")
            .but()
            .at(Instant.parse("2019-02-14T04:00:00Z"))
            .processor(p -> p.controls(Set.of()))
            .build();
    assertThat(BOOK.decide(facts).violated()).isEmpty();
  }

  @Test
  void the_irrevocable_licence_of_an_app_gives_no_leave_to_publish_or_pass_on_a_face() {
    // One tick under terms of use, for all purposes and whomever, forever.
    Facts terms =
        base("counter-provide")
            .but()
            .consent(
                c ->
                    c.form(ConsentForm.BUNDLED)
                        .conditional(true)
                        .preTicked(true)
                        .recipient((String) null))
            .retention(r -> r.expiresAt(null).maxDays(null).shortestNecessary(false))
            .build();
    assertThat(BOOK.decide(terms).violated())
        .contains("PIPL/29", "PIPL/23", "SPC-2021/2.6", "SPC-2021/4.2", "SPC-2021/4.1", "PIPL/16");
    Facts published = terms.but().operation(o -> o.verb(Verb.PUBLISH)).build();
    assertThat(BOOK.decide(published).violated()).contains("PIPL/25", "GBT-35273/9", "GBT-41819/f");
    Facts enrolled = terms.but().operation(o -> o.verb(Verb.ENROL)).build();
    assertThat(BOOK.decide(enrolled).violated()).contains("MEASURES-2025/8.2", "PIPL/19");
  }

  @Test
  void the_gym_that_collected_its_members_faces_needed_a_card_and_a_consent() {
    Facts gym =
        base("counter-verify")
            .but()
            .site(s -> s.place(Place.GYM))
            .consent(Consent.NONE)
            .alternatives(Set.of())
            .build();
    assertThat(BOOK.decide(gym).violated())
        .contains("PIPL/29", "MEASURES-2025/6.1", "MEASURES-2025/10.1");
    Facts repaired =
        base("counter-verify")
            .but()
            .site(s -> s.place(Place.GYM))
            .alternatives(Alternative.CARD)
            .build();
    assertThat(BOOK.decide(repaired).isPermitted()).isTrue();
  }

  @Test
  void the_selfie_at_the_gala_does_not_pass_for_its_owner() {
    Facts selfie = base("counter-verify").but().liveness(l -> l.passed(false)).build();
    assertThat(BOOK.decide(selfie).violated()).containsExactly("MEASURES-2025/14.1");
  }

  @Test
  void the_3d_face_empties_no_account() {
    // Nobody can say that the mask was noticed, and nobody took an active step.
    Facts mask =
        base("counter-verify")
            .but()
            .purpose(p -> p.kind(PurposeKind.PAYMENT))
            .assessment(a -> a.purpose(PurposeKind.PAYMENT))
            .consent(c -> c.purpose(PurposeKind.PAYMENT))
            .liveness(l -> l.passed(Truth.UNKNOWN))
            .person(p -> p.activePart(false))
            .build();
    assertThat(BOOK.decide(mask).violated()).contains("MEASURES-2025/14.1", "GBT-41819/f");
    Finding finding = BOOK.decide(mask).finding("MEASURES-2025/14.1").orElseThrow();
    assertThat(finding.reason()).isEqualTo(Finding.Reason.NOT_ESTABLISHED);
    assertThat(finding.why().en()).contains("Nothing on record shows that liveness passed");
  }

  static Facts base(String name) {
    return FactsReader.read(
        Objects.requireNonNull(CaseFiles.in(CaseFiles.ours()).get("base/" + name + ".json")));
  }
}
