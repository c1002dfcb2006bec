package cn.mingmian.law.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Verb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How a rule and its instrument are written down, and on which day a situation stands.
class RuleTest {
  private static Instrument.Builder ordinance() {
    return Instrument.named("ORDINANCE", "虚构条例", "A fictitious ordinance")
        .by(Authority.LOCAL_REGULATION, "虚构", "nobody");
  }

  private static Rule asking(int things) {
    Rule.Builder rule = Rule.of(ordinance().from("2026-01-01").build(), "1");
    for (int i = 0; i < things; i++) {
      rule.asked(Verbs.of(Verb.VERIFY))
          .needs("设有标识", "there is a sign", s -> s.facts().site().sign())
          .why("没有标识。", "There is no sign.")
          .remedy("设置标识。", "Put one up.");
    }
    return rule.build();
  }

  @Test
  void an_instrument_binds_from_its_first_day_to_the_day_before_its_end_in_its_province() {
    Instrument ordinance =
        ordinance()
            .province(Province.HAINAN)
            .reaches(facts -> facts.operation().verb() == Verb.VERIFY)
            .from("2026-01-01")
            .to("2026-07-01")
            .build();
    assertThat(ordinance.inForceOn(LocalDate.of(2025, 12, 31))).isFalse();
    assertThat(ordinance.inForceOn(LocalDate.of(2026, 1, 1))).isTrue();
    assertThat(ordinance.inForceOn(LocalDate.of(2026, 6, 30))).isTrue();
    assertThat(ordinance.inForceOn(LocalDate.of(2026, 7, 1))).isFalse();
    assertThat(ordinance.province()).isEqualTo(Province.HAINAN);
    Instant now = Instant.parse("2026-05-12T01:30:00Z");
    assertThat(ordinance.reach().test(Facts.of(now, Verb.VERIFY).build())).isTrue();
    assertThat(ordinance.reach().test(Facts.of(now, Verb.ENROL).build())).isFalse();
    Instrument open = ordinance().from("2026-01-01").build();
    assertThat(open.reach().test(Facts.of(now, Verb.ENROL).build())).isTrue();
    assertThat(open.inForceOn(LocalDate.of(2999, 12, 31))).isTrue();
  }

  @Test
  void a_law_has_a_first_day_and_hides_in_no_pack() {
    assertThatThrownBy(() -> ordinance().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`ORDINANCE`")
        .hasMessageContaining("first day");
    assertThatThrownBy(() -> ordinance().from("2026-01-01").pack(Pack.values()[0]).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs no pack");
    Instrument draft =
        Instrument.named("DRAFT", "虚构草案", "A fictitious draft")
            .by(Authority.DRAFT, "虚构", "nobody")
            .build();
    assertThat(draft.appliesOn(LocalDate.of(2026, 1, 1))).isTrue();
    assertThat(draft.inForceOn(LocalDate.of(2026, 1, 1))).isFalse();
  }

  @Test
  void a_rule_asks_at_most_six_things_and_at_least_one() {
    assertThat(asking(6).requirements()).hasSize(6);
    assertThatThrownBy(() -> asking(7)).hasMessageContaining("more than six");
    assertThatThrownBy(() -> asking(0)).hasMessageContaining("asks nothing");
    assertThat(asking(1)).hasToString("ORDINANCE/1");
  }

  @Test
  void a_remedy_ends_a_requirement_that_was_begun() {
    Rule.Builder rule = Rule.of(ordinance().from("2026-01-01").build(), "1");
    assertThatThrownBy(() -> rule.remedy("设置标识。", "Put one up."))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("`ORDINANCE/1`");
  }

  @Test
  void all_verbs_but_one_are_the_others() {
    assertThat(Verbs.allBut(Verb.ERASE, Verb.PROMPT))
        .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Verb.ERASE, Verb.PROMPT)));
  }

  @Test
  void the_day_is_shanghais_its_old_summer_time_included() {
    assertThat(day("2026-05-12T15:59:59Z")).isEqualTo("2026-05-12");
    assertThat(day("2026-05-12T16:00:00Z")).isEqualTo("2026-05-13");
    assertThat(day("1990-07-01T14:59:59Z")).isEqualTo("1990-07-01");
    assertThat(day("1990-07-01T15:00:00Z")).isEqualTo("1990-07-02");
    assertThat(day("1990-12-01T15:59:59Z")).isEqualTo("1990-12-01");
  }

  private static LocalDate day(String instant) {
    return Situation.of(Facts.of(Instant.parse(instant), Verb.VERIFY).build()).today();
  }

  @Test
  void a_day_of_reaching_that_no_calendar_counts_is_no_known_day() {
    assertThat(reached("1948-12-31")).isNull();
    assertThat(reached("1949-01-01")).isEqualTo("1949-01-01");
    assertThat(reached("2026-05-12")).isEqualTo("2026-05-12");
    assertThat(reached("2026-05-13")).isNull();
  }

  private static @Nullable LocalDate reached(String day) {
    Facts.Builder facts = Facts.of(Instant.parse("2026-05-12T01:30:00Z"), Verb.ENROL);
    facts.processor().filing().reachedOn(LocalDate.parse(day));
    return Situation.of(facts.build()).reachedOn();
  }
}
