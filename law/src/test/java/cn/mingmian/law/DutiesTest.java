package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.cases.Changelog;
import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Consent;
import cn.mingmian.law.facts.Content;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FilingStatus;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.Mode;
import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.law.facts.Notice;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.law.instruments.Instruments;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Which rule imposes which duty, when, and by when; and that a rulebook built anew is the same.
class DutiesTest {
  private static final Rulebook BOOK = Rulebook.standard();

  private static Set<String> duties(Facts facts) {
    Set<String> duties = new TreeSet<>();
    for (Duty duty : BOOK.decide(facts).duties()) {
      duties.add(
          duty.kind() + " " + duty.rule().id() + duty.due().map(by -> " " + by.text()).orElse(""));
    }
    assertThat(BOOK.verdict(facts).outcome()).isEqualTo(BOOK.decide(facts).outcome());
    return duties;
  }

  private static Facts all(String base) {
    return StoriesTest.base(base).but().packs(Pack.values()).build();
  }

  @Test
  void each_rule_that_asks_for_a_log_of_access_asks_where_it_binds() {
    Facts grown = all("office-access").but().site(s -> s.videoClass(VideoClass.NON_PUBLIC)).build();
    assertThat(duties(grown))
        .contains("LOG_ACCESS MEASURES-2025/14.1")
        .doesNotContain("LOG_ACCESS MINOR-NET/36", "LOG_ACCESS VIDEO-REG/16");
    Facts minor = grown.but().person(p -> p.birthDate(LocalDate.of(2010, 1, 1))).build();
    assertThat(duties(minor)).contains("LOG_ACCESS MINOR-NET/36");
    Facts footage = grown.but().site(s -> s.videoClass(VideoClass.ART7)).build();
    assertThat(duties(footage)).contains("LOG_ACCESS VIDEO-REG/16");
  }

  @Test
  void the_purpose_is_stated_in_business_and_nowhere_else() {
    assertThat(duties(all("counter-verify"))).contains("STATE_PURPOSE DRAFT-2023/9.2");
    assertThat(duties(all("estate-verify"))).doesNotContain("STATE_PURPOSE DRAFT-2023/9.2");
  }

  @Test
  void
      another_way_is_offered_when_asking_and_when_verifying_on_consent_unless_a_rule_wants_the_face() {
    String duty = "OFFER_ALTERNATIVE MEASURES-2025/10.2";
    Facts gate = all("estate-verify");
    assertThat(duties(gate)).contains(duty);
    assertThat(duties(all("estate-prompt"))).contains(duty);
    assertThat(duties(all("estate-enrol"))).doesNotContain(duty);
    Facts byDuty =
        gate.but()
            .consent(Consent.NONE)
            .basis(b -> b.kind(Ground.STATUTORY_DUTY).evidence(true))
            .build();
    assertThat(BOOK.decide(byDuty).isPermitted()).isTrue();
    assertThat(duties(byDuty)).doesNotContain(duty);
    Facts wanted = gate.but().purpose(p -> p.mandate().level(NormLevel.DEPARTMENT_RULE)).build();
    assertThat(duties(wanted)).doesNotContain(duty);
    assertThat(duties(gate.but().purpose(p -> p.mandate().level(NormLevel.CONTRACT)).build()))
        .contains(duty);
  }

  @Test
  void
      a_notice_that_an_emergency_put_off_follows_by_its_end_unless_it_was_shown_or_dispensed_with() {
    Instant end = Instant.parse("2026-05-13T00:00:00Z");
    Facts emergency =
        all("estate-verify")
            .but()
            .consent(Consent.NONE)
            .basis(b -> b.kind(Ground.EMERGENCY).evidence(true).expires(end))
            .notice(Notice.UNKNOWN)
            .packs(Pack.STANDARDS)
            .build();
    String measures = "NOTIFY_LATER MEASURES-2025/5.4 2026-05-13T08:00:00+08:00";
    String pipl = "NOTIFY_LATER PIPL/18 2026-05-13T08:00:00+08:00";
    assertThat(duties(emergency)).contains(measures, pipl);
    Facts open = emergency.but().basis(b -> b.expires(null)).build();
    assertThat(duties(open)).contains("NOTIFY_LATER MEASURES-2025/5.4", "NOTIFY_LATER PIPL/18");
    Facts shown = emergency.but().notice(all("estate-verify").notice()).build();
    Facts dispensed = emergency.but().notice(n -> n.exemption().level(NormLevel.LAW)).build();
    Facts consented = all("estate-verify");
    for (Facts none : Set.of(shown, dispensed, consented)) {
      assertThat(BOOK.decide(none).isPermitted()).isTrue();
      assertThat(duties(none)).noneMatch(duty -> duty.startsWith("NOTIFY_LATER"));
    }
  }

  @Test
  void erasure_at_the_end_carries_the_end() {
    assertThat(duties(all("estate-enrol")))
        .contains(
            "ERASE_AT_EXPIRY MEASURES-2025/8.2 2026-11-01T00:00:00+08:00",
            "ERASE_AT_EXPIRY PIPL/19 2026-11-01T00:00:00+08:00");
  }

  @Test
  void the_draft_wants_a_filing_of_public_places_and_above_ten_thousand_persons_until_it_is_done() {
    String duty = "FILE DRAFT-2023/16.1";
    Facts small = all("estate-verify").but().processor(p -> p.storedPersons(10_000)).build();
    assertThat(duties(small)).noneMatch(d -> d.startsWith(duty));
    Facts large = small.but().processor(p -> p.storedPersons(10_001)).build();
    assertThat(duties(large)).contains(duty);
    assertThat(duties(large.but().processor(p -> p.filing().status(FilingStatus.FILED)).build()))
        .noneMatch(d -> d.startsWith(duty));
    Facts station =
        all("concourse-deploy").but().processor(p -> p.filing().status(FilingStatus.NONE)).build();
    assertThat(duties(station)).anyMatch(d -> d.startsWith(duty + " 2026-"));
  }

  @Test
  void who_withdrew_is_erased_unless_another_ground_stands() {
    Instant withdrawn = Instant.parse("2026-05-01T00:00:00Z");
    Facts left = all("estate-verify").but().consent(c -> c.withdrawnAt(withdrawn)).build();
    assertThat(duties(left)).contains("ERASE PIPL/47");
    Facts carried =
        left.but()
            .basis(b -> b.kind(Ground.STATUTORY_DUTY).evidence(true))
            .liveness(l -> l.passed(false))
            .build();
    assertThat(BOOK.decide(carried).isPermitted()).isFalse();
    assertThat(duties(carried)).doesNotContain("ERASE PIPL/47");
    Facts claimed = carried.but().basis(b -> b.evidence(false)).build();
    assertThat(duties(claimed)).contains("ERASE PIPL/47");
  }

  @Test
  void a_search_at_a_distance_owes_no_other_way_and_a_search_at_a_gate_does() {
    Facts gate = all("library-identify").but().alternatives(Set.of()).build();
    assertThat(BOOK.decide(gate).violated()).contains("MEASURES-2025/10.1");
    Facts remote = gate.but().operation(o -> o.mode(Mode.REMOTE)).build();
    assertThat(BOOK.decide(remote).violated()).doesNotContain("MEASURES-2025/10.1");
    Facts research = gate.but().processor(p -> p.activity(Activity.RESEARCH)).build();
    assertThat(BOOK.decide(research).violated())
        .doesNotContain("MEASURES-2025/10.1", "GBT-41819/a", "DRAFT-2023/4.2");
    Facts search =
        gate.but()
            .site(s -> s.zone(Zone.PUBLIC))
            .purpose(p -> p.kind(PurposeKind.EMERGENCY_SEARCH))
            .build();
    assertThat(BOOK.decide(search).violated()).doesNotContain("MEASURES-2025/10.1");
  }

  @Test
  void a_record_may_last_through_the_last_day_the_policy_allows_and_no_longer() {
    Facts enrol = all("estate-enrol");
    Instant start = Instant.parse("2026-05-12T01:30:00Z");
    Facts.Builder b = enrol.but().at(start);
    b.retention().recordedAt(null).maxDays(30);
    b.consent().givenAt(start);
    b.retention().expiresAt(Instant.parse("2026-06-11T15:59:59Z"));
    assertThat(BOOK.decide(b.build()).violated()).isEmpty();
    b.retention().expiresAt(Instant.parse("2026-06-11T16:00:00Z"));
    assertThat(BOOK.decide(b.build()).violated()).containsExactly("PIPL/19", "MEASURES-2025/8.2");
  }

  @Test
  void shanghai_binds_the_places_it_lists_and_a_place_that_nobody_named() {
    Facts compound =
        all("estate-verify")
            .but()
            .alternatives(Set.of())
            .site(s -> s.province(Province.SHANGHAI))
            .build();
    assertThat(BOOK.decide(compound).violated()).contains("SHANGHAI-DATA/23");
    assertThat(BOOK.decide(compound.but().site(s -> s.place(null)).build()).violated())
        .contains("SHANGHAI-DATA/23");
    assertThat(
            BOOK.decide(compound.but().site(s -> s.province(Province.BEIJING)).build()).violated())
        .doesNotContain("SHANGHAI-DATA/23");
  }

  @Test
  void footage_kept_and_a_result_moved_are_told_apart() {
    Facts moved =
        all("counter-transmit")
            .but()
            .consent(Consent.NONE)
            .basis(b -> b.kind(Ground.OTHER_LAW).evidence(true))
            .build();
    assertThat(BOOK.decide(moved).violated()).containsExactly("MEASURES-2025/8.1");
    Facts result = moved.but().operation(o -> o.content(Content.RESULT_ONLY)).build();
    assertThat(BOOK.decide(result).violated()).isEmpty();
  }

  @Test
  void a_rulebook_built_anew_is_the_one_that_the_changelog_names() {
    Rulebook anew = Rulebook.of(Instruments.rules(), Instruments.all());
    assertThat(anew.version()).isEqualTo(Changelog.standard().releases().getFirst().version());
    assertThat(anew.instruments()).isEqualTo(BOOK.instruments());
    RandomFacts random = new RandomFacts("built anew");
    for (int i = 0; i < 300; i++) {
      Facts facts = random.near(4);
      assertThat(anew.decide(facts).violated()).isEqualTo(anew.verdict(facts).violated());
      assertThat(DecisionWriter.write(anew.decide(facts)))
          .isEqualTo(DecisionWriter.write(BOOK.decide(facts)));
    }
  }
}
