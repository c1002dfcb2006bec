package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Verbs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulebookTest {
  private static final Rulebook BOOK = Rulebook.standard();

  @Test
  void a_refusal_lists_every_violated_rule_hardest_law_first() {
    Facts facts =
        StoriesTest.base("estate-verify")
            .but()
            .packs(Set.of(Pack.values()))
            .alternatives(Set.of())
            .consent(c -> c.preTicked(true))
            .build();
    assertThat(BOOK.decide(facts).violated())
        .containsExactly(
            "PIPL/13",
            "PIPL/29",
            "NDSR/22",
            "SPC-2021/2.3",
            "SPC-2021/10.1",
            "MEASURES-2025/6.1",
            "MEASURES-2025/10.1",
            "GBT-35273/5.4",
            "GBT-41819/a",
            "DRAFT-2023/4.2",
            "DRAFT-2023/5",
            "DRAFT-2023/14");
  }

  @Test
  void a_permit_tells_first_what_must_follow_and_then_what_was_met() {
    Decision decision = BOOK.decide(StoriesTest.base("estate-verify"));
    Set<String> owing =
        decision.duties().stream().map(duty -> duty.rule().id()).collect(Collectors.toSet());
    assertThat(owing).isNotEmpty();
    List<Finding.Result> results = decision.findings().stream().map(Finding::result).toList();
    assertThat(results).contains(Finding.Result.SATISFIED).isSorted();
    for (Finding finding : decision.findings()) {
      boolean owes = owing.contains(finding.rule().id());
      assertThat(finding.result())
          .as(finding.rule().id())
          .isEqualTo(owes ? Finding.Result.DUTY : Finding.Result.SATISFIED);
      assertThat(finding.reason()).isEqualTo(Finding.Reason.ESTABLISHED);
      if (!owes) assertThat(finding.why().en()).startsWith("As required: ");
    }
  }

  @Test
  void no_sign_is_not_the_same_as_not_being_told_of_a_sign() {
    Facts denied = StoriesTest.base("concourse-deploy").but().site(s -> s.sign(false)).build();
    Facts untold =
        StoriesTest.base("concourse-deploy").but().site(s -> s.sign(Truth.UNKNOWN)).build();
    Finding no = BOOK.decide(denied).finding("MEASURES-2025/13.1").orElseThrow();
    Finding unknown = BOOK.decide(untold).finding("MEASURES-2025/13.1").orElseThrow();
    assertThat(no.reason()).isEqualTo(Finding.Reason.DENIED);
    assertThat(unknown.reason()).isEqualTo(Finding.Reason.NOT_ESTABLISHED);
    assertThat(no.why().en()).isEqualTo("There is no conspicuous sign.");
    assertThat(unknown.why().zh()).startsWith("没有材料证明：设置了显著提示标识");
    assertThat(no.remedy()).isEqualTo(unknown.remedy());
  }

  @Test
  void draft_and_proposals_are_never_shown_as_law() {
    Facts facts = StoriesTest.base("estate-deploy").but().packs(Set.of(Pack.values())).build();
    for (Finding finding : BOOK.decide(facts).findings()) {
      Instrument instrument = finding.rule().instrument();
      boolean law =
          !Set.of("DRAFT-2023", "PROPOSAL").contains(instrument.id()) && instrument.pack() == null;
      assertThat(instrument.authority().isLaw()).isEqualTo(law);
    }
    for (int year = 2017; year < 2100; year++) {
      Instant instant = Instant.parse(year + "-06-01T00:00:00Z");
      assertThat(BOOK.at(instant))
          .noneMatch(rule -> rule.id().startsWith("DRAFT") || rule.id().startsWith("PROPOSAL"));
    }
    String json = DecisionWriter.write(BOOK.decide(facts));
    assertThat(json).contains("\"law\":false", "consultation draft, never law");
  }

  @Test
  void rules_not_yet_in_force_are_known_beforehand() {
    Instant before = Instant.parse("2025-05-31T15:59:59Z");
    Instant after = Instant.parse("2025-05-31T16:00:00Z");
    assertThat(BOOK.notYetInForce(before)).extracting(Rule::id).contains("MEASURES-2025/10.1");
    assertThat(BOOK.at(before)).extracting(Rule::id).doesNotContain("MEASURES-2025/10.1");
    assertThat(BOOK.notYetInForce(after)).isEmpty();
    assertThat(BOOK.at(after)).extracting(Rule::id).contains("MEASURES-2025/10.1");
  }

  @Test
  void the_timeline_runs_from_the_first_instrument_to_the_last() {
    List<Instrument> timeline = BOOK.timeline();
    assertThat(timeline)
        .extracting(Instrument::id)
        .containsSubsequence(
            "CSL",
            "CIVIL",
            "SPC-2021",
            "DSL",
            "PIPL",
            "BFEL",
            "MINOR-NET",
            "NDSR",
            "VIDEO-REG",
            "AUDIT-2025",
            "MEASURES-2025",
            "NIA-2025",
            "PIPO-NOTICE-2025")
        .doesNotContain("DRAFT-2023", "PROPOSAL");
  }

  @Test
  void every_instrument_of_the_catalogue_is_known() {
    assertThat(BOOK.instruments())
        .extracting(Instrument::id)
        .contains(
            "MEASURES-2025",
            "FILING-NOTICE-2025",
            "DRAFT-2023",
            "SPC-2021",
            "PIPL",
            "CIVIL",
            "CSL",
            "DSL",
            "NDSR",
            "VIDEO-REG",
            "MINOR-NET",
            "MINOR-LAW",
            "BFEL",
            "NIA-2025",
            "AUDIT-2025",
            "PIPO-NOTICE-2025",
            "CRIM-2017",
            "HOTEL",
            "CIIR",
            "GBT-41819",
            "GBT-35273",
            "GBT-22239",
            "GBT-39335",
            "GBT-38671",
            "GBT-40660",
            "GBT-42574",
            "GBT-45574",
            "PROPOSAL",
            "CHILD-2019");
  }

  // A FICTITIOUS local rule, for the mechanism alone: no such rule exists.
  private static final Instrument FICTION =
      Instrument.named("FICTION-HN", "虚构的海南规定", "A fictitious rule of Hainan")
          .by(Authority.LOCAL_REGULATION, "虚构", "nobody")
          .from("2026-01-01")
          .to("2026-07-01")
          .province(Province.HAINAN)
          .build();

  private static final Rule FICTITIOUS =
      Rule.of(FICTION, "1")
          .asked(Verbs.of(Verb.VERIFY))
          .needs("举行过听证", "a hearing was held", s -> s.facts().site().hearing())
          .why("没有听证。", "There was no hearing.")
          .remedy("举行听证。", "Hold one.")
          .build();

  @Test
  void a_fictitious_local_rule_binds_in_its_province_and_days_alone_and_only_adds() {
    List<Rule> rules = new ArrayList<>(BOOK.rules());
    rules.add(FICTITIOUS);
    Rulebook local = Rulebook.of(rules, BOOK.instruments());
    Facts anywhere = StoriesTest.base("estate-verify");
    Facts there = anywhere.but().site(s -> s.province(Province.HAINAN)).build();
    Facts elsewhere = anywhere.but().site(s -> s.province(Province.HUNAN)).build();
    assertThat(local.verdict(there).violated()).containsExactly("FICTION-HN/1");
    assertThat(local.verdict(elsewhere).violated()).isEmpty();
    assertThat(local.verdict(anywhere).violated()).isEmpty();
    Facts later =
        there
            .but()
            .at(Instant.parse("2026-06-30T16:00:00Z"))
            .notice(n -> n.shownAt(Instant.parse("2026-06-30T15:00:00Z")))
            .build();
    assertThat(local.verdict(later).violated()).isEmpty();
    assertThat(local.version()).isNotEqualTo(BOOK.version());
    assertThat(BOOK.rules()).noneMatch(rule -> rule.id().startsWith("FICTION"));
  }

  @Test
  void the_version_is_the_same_each_time_and_changes_with_a_condition() {
    assertThat(BOOK.version()).matches("[0-9a-f]{64}");
    Rule other =
        Rule.of(FICTION, "1")
            .asked(Verbs.of(Verb.VERIFY))
            .needs("举行过听证", "a hearing was held", s -> s.facts().site().sign())
            .why("没有听证。", "There was no hearing.")
            .remedy("举行听证。", "Hold one.")
            .build();
    String one = Rulebook.of(List.of(FICTITIOUS), List.of()).version();
    assertThat(Rulebook.of(List.of(FICTITIOUS), List.of()).version()).isEqualTo(one);
    assertThat(Rulebook.of(List.of(other), List.of()).version()).isNotEqualTo(one);
  }

  @Test
  void articles_stand_in_the_order_of_their_numbers() {
    List<Rule> rules =
        Stream.of("10", "b", "2.10", "2.9", "2", "a", "10.1")
            .map(
                article ->
                    Rule.of(FICTION, article)
                        .asked(Verbs.of(Verb.VERIFY))
                        .needs("举行过听证", "a hearing was held", s -> s.facts().site().hearing())
                        .why("没有听证。", "There was no hearing.")
                        .remedy("举行听证。", "Hold one.")
                        .build())
            .toList();
    assertThat(Rulebook.of(rules, List.of()).rules())
        .extracting(Rule::article)
        .containsExactly("2", "2.9", "2.10", "10", "10.1", "a", "b");
  }

  @Test
  void two_rules_of_one_name_are_no_rulebook() {
    assertThatThrownBy(() -> Rulebook.of(List.of(FICTITIOUS, FICTITIOUS), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`FICTION-HN/1`");
  }

  @Test
  void every_text_is_there_in_both_languages() {
    for (Rule rule : BOOK.rules()) {
      rule.requirements()
          .forEach(
              r -> {
                for (String zh : List.of(r.needs().zh(), r.why().zh(), r.remedy().zh())) {
                  assertThat(zh).as(rule.id()).matches("(?s).*\\p{IsHan}.*");
                }
                for (String en : List.of(r.needs().en(), r.why().en(), r.remedy().en())) {
                  assertThat(en).as(rule.id()).doesNotMatch("(?s).*\\p{IsHan}.*");
                }
                assertThat(r.why().zh()).as(rule.id()).endsWith("。");
                assertThat(r.why().en()).as(rule.id()).endsWith(".");
                assertThat(r.needs().en()).as(rule.id()).doesNotEndWith(".");
              });
      assertThat(rule.citation().zh()).as(rule.id()).isNotBlank();
      assertThat(rule.liability().zh()).as(rule.id()).isNotEqualTo("无");
    }
  }

  @Test
  void a_decision_written_as_json_says_all() {
    Facts facts =
        StoriesTest.base("estate-enrol")
            .but()
            .processor(
                p -> p.storedPersons(120_000).filing(f -> f.reachedOn(LocalDate.of(2026, 5, 12))))
            .build();
    String json = DecisionWriter.write(BOOK.decide(facts));
    assertThat(json)
        .startsWith("{\"outcome\":\"PERMIT_WITH_DUTIES\",\"rulebook\":\"" + BOOK.version())
        .contains("\"kind\":\"FILE\",\"rule\":\"MEASURES-2025/15.1\",\"due\":\"2026-06-24\"")
        .contains("\"evidence\":{\"/consent/noticeVersion\":\"n7\"}")
        .contains("《个人信息保护法》第29条", "PIPL, art. 29")
        .doesNotContain("\"provisional\"");
  }

  @Test
  void a_rule_is_found_by_its_name() {
    assertThat(BOOK.rule("MEASURES-2025/10.1").orElseThrow().citation().zh())
        .isEqualTo("《人脸识别技术应用安全管理办法》第10条第1款");
    assertThat(BOOK.rule("MEASURES-2025/99")).isEmpty();
    Rule draft = BOOK.rule("DRAFT-2023/5").orElseThrow();
    assertThat(Rulebook.standing(draft, LocalDate.of(2026, 1, 1)).en()).contains("never law");
    Rule law = BOOK.rule("MEASURES-2025/10.1").orElseThrow();
    assertThat(Rulebook.standing(law, LocalDate.of(2025, 5, 31)).en())
        .endsWith("not in force then");
    assertThat(Rulebook.standing(law, LocalDate.of(2025, 6, 1)).zh()).endsWith("现行有效");
  }
}
