package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.mingmian.law.cases.Case;
import cn.mingmian.law.cases.CaseRunner;
import cn.mingmian.law.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every case agrees: our own, and those of a `shared` folder beside the repository where there is
/// one.
class CasesTest {
  @Test
  void our_own_cases_agree() {
    CaseRunner.Report report = CaseRunner.standard().run(CaseFiles.in(CaseFiles.ours()));
    assertThat(report.results()).hasSizeGreaterThan(700);
    assertThat(report.allAgree()).as(report.text()).isTrue();
    assertThat(report.text()).startsWith("%d passed, 0 failed".formatted(report.passed()));
  }

  @Test
  void the_shared_cases_agree() {
    Path folder =
        Stream.of("../shared/law/cases", "../../shared/law/cases")
            .map(CaseFiles.root()::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(Path.of(""));
    assumeTrue(!folder.toString().isEmpty(), "no shared cases beside the repository");
    CaseRunner.Report report = CaseRunner.standard().run(CaseFiles.in(folder));
    assertThat(report.results()).isNotEmpty();
    assertThat(report.allAgree()).as(report.text()).isTrue();
  }

  @Test
  void every_rule_that_can_refuse_is_shown_refusing_and_shown_not_to() {
    Set<String> cited = new TreeSet<>();
    Set<String> spared = new TreeSet<>();
    for (CaseRunner.Result result :
        CaseRunner.standard().run(CaseFiles.in(CaseFiles.ours())).results()) {
      if (!(result.asked() instanceof Case.OfDecision asked)) continue;
      cited.addAll(asked.cites());
      spared.addAll(asked.notCites());
      result
          .decision()
          .ifPresent(
              decision ->
                  decision.findings().stream()
                      .filter(finding -> finding.result() != Finding.Result.VIOLATED)
                      .forEach(finding -> spared.add(finding.rule().id())));
    }
    Set<String> refusing =
        Rulebook.standard().rules().stream()
            .filter(rule -> !rule.requirements().isEmpty())
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(cited).isEqualTo(refusing);
    assertThat(spared).containsAll(refusing.stream().filter(id -> !isAlwaysRefusing(id)).toList());
  }

  /// Publication and a bundled consent have no way to be right.
  private static boolean isAlwaysRefusing(String rule) {
    return rule.equals("GBT-35273/9") || rule.equals("SPC-2021/4.2");
  }

  @Test
  void every_duty_rule_is_shown_imposing_its_duty() {
    Set<String> imposed = new TreeSet<>();
    CaseRunner.standard()
        .run(CaseFiles.in(CaseFiles.ours()))
        .results()
        .forEach(
            result ->
                result
                    .decision()
                    .ifPresent(
                        decision ->
                            decision.duties().forEach(duty -> imposed.add(duty.rule().id()))));
    assertThat(imposed)
        .isEqualTo(
            Rulebook.standard().rules().stream()
                .filter(rule -> !rule.duties().isEmpty())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void a_disagreement_is_printed_in_full() {
    String base = new String(base("estate-verify"), StandardCharsets.UTF_8);
    String cases =
        """
        [{"id": "wrong", "base": "b", "patch": {"consent": null},
          "expect": {"outcome": "PERMIT", "notCites": ["PIPL/29"], "duties": ["FILE"]}},
         {"id": "wrong", "base": "b", "expect": {"outcome": "PERMIT"}},
         {"id": "no-base", "base": "x", "expect": {"outcome": "PERMIT"}},
         {"id": "typo", "base": "b", "patch": {"person": {"age": 3}}, "expect": {"outcome": "PERMIT"}},
         {"id": "clock", "deadline": "NDSR/10", "from": "2026-01-01", "expect": {"due": "2026-01-02"}},
         {"id": "right", "base": "b", "expect": {"outcome": "PERMIT"}}]
        """;
    CaseRunner.Report report =
        CaseRunner.standard()
            .run(
                Map.of(
                    "base/b.json", base.getBytes(StandardCharsets.UTF_8),
                    "c.json", cases.getBytes(StandardCharsets.UTF_8),
                    "notes.txt", new byte[] {1, 2}));
    assertThat(report.text())
        .startsWith("1 passed, 5 failed")
        .contains(
            "expected outcome `PERMIT`, found `REFUSE`",
            "expected `PIPL/29` not to be violated",
            "expected the duty `FILE`",
            "`/1/id`",
            "`/2/base`",
            "`/person/age`",
            "counts hours")
        .contains("PIPL/29 (NOT_ESTABLISHED)");
    assertThat(report.allAgree()).isFalse();
  }

  private static byte[] base(String name) {
    return Objects.requireNonNull(CaseFiles.in(CaseFiles.ours()).get("base/" + name + ".json"));
  }
}
