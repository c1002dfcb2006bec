package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.cases.Case;
import cn.mingmian.law.cases.CaseRunner;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.instruments.Instruments;
import cn.mingmian.law.rules.DutyRule;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Requirement;
import cn.mingmian.law.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/law/rules.md` is the program read aloud: it is written from the rules and the cases, and
/// this test fails when it is behind. Run with `-Dgolden=write` to bring it up to date.
class RulesPageTest {
  private static final int MOST_CASES = 6;

  @Test
  void the_page_of_rules_says_what_the_rules_say() throws IOException {
    Path page = CaseFiles.root().resolve("docs/law/rules.md");
    String wanted = page();
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, wanted);
      return;
    }
    assertThat(Files.readString(page))
        .as("docs/law/rules.md is behind: run this test with -Dgolden=write")
        .isEqualTo(wanted);
  }

  private static String page() {
    // Built anew: every word of the page is the program's of this run.
    Rulebook book = Rulebook.of(Instruments.rules(), Instruments.all());
    Map<String, List<String>> refusing = new TreeMap<>();
    Map<String, List<String>> met = new TreeMap<>();
    for (CaseRunner.Result result :
        CaseRunner.standard().run(CaseFiles.in(CaseFiles.ours())).results()) {
      if (!(result.asked() instanceof Case.OfDecision asked)) continue;
      asked
          .cites()
          .forEach(id -> refusing.computeIfAbsent(id, i -> new ArrayList<>()).add(asked.id()));
      List<String> spared = new ArrayList<>(asked.notCites());
      result.decision().ifPresent(d -> d.duties().forEach(duty -> spared.add(duty.rule().id())));
      spared.stream()
          .distinct()
          .forEach(id -> met.computeIfAbsent(id, i -> new ArrayList<>()).add(asked.id()));
    }
    StringBuilder md = new StringBuilder();
    md.append(
        """
        # The rules

        Written from the program by a test; do not edit. %d rules of %d instruments, hardest law first. What is
        asked of whom is the conjunction of all rules that bind: one that is violated refuses. A fact that nobody
        has shown is *not established*, and counts against the processing. Readings behind the rules:
        [readings.md](readings.md).

        本页由程序生成，请勿手工修改。凡适用的规则全部审查，任何一条被违反即为拒绝；不能证明的事实不作有利于处理者的推定。

        | instrument | 名称 | status | from | rules |
        |---|---|---|---|---|
        """
            .formatted(book.rules().size(), book.instruments().size()));
    for (Instrument instrument : book.instruments()) {
      long count = book.rules().stream().filter(r -> r.instrument() == instrument).count();
      md.append(
          "| `%s` | %s<br>%s | %s | %s | %s |%n"
              .formatted(
                  instrument.id(),
                  instrument.name().zh(),
                  instrument.name().en(),
                  instrument.authority().words().en(),
                  instrument.inForceFrom().map(Object::toString).orElse("never"),
                  count == 0 ? "–" : count));
    }
    Instrument last = null;
    for (Rule rule : book.rules()) {
      if (rule.instrument() != last) {
        last = rule.instrument();
        md.append("%n## %s %s%n%n".formatted(last.id(), last.name().zh()));
        md.append("%s. %s.".formatted(last.name().en(), capital(last.authority().words().en())));
        if (!last.note().en().equals("none")) {
          md.append(" %s %s".formatted(last.note().en(), last.note().zh()));
        }
        md.append(
            "%n%n责任 Liability: %s %s%n".formatted(last.liability().zh(), last.liability().en()));
      }
      write(
          rule,
          refusing.getOrDefault(rule.id(), List.of()),
          met.getOrDefault(rule.id(), List.of()),
          md);
    }
    return md.toString();
  }

  private static void write(Rule rule, List<String> refusing, List<String> met, StringBuilder md) {
    md.append(
        "%n### %s%n%n%s · %s%n".formatted(rule.id(), rule.citation().zh(), rule.citation().en()));
    if (rule.province() != null) md.append("%nOnly in `%s`.%n".formatted(rule.province()));
    if (rule.bindsHouseholds()) {
      md.append("%nBinds a person at home as well. 个人或者家庭事务也适用。%n".formatted());
    }
    for (Requirement r : rule.requirements()) {
      md.append("%n* **asked at** %s".formatted(verbs(r.verbs())));
      if (r.scope() != null)
        md.append(", **when** %s（%s）".formatted(r.scope().en(), r.scope().zh()));
      md.append("%n  **needs** %s（%s）%n".formatted(r.needs().en(), r.needs().zh()));
      md.append("  **why** %s %s%n".formatted(r.why().zh(), r.why().en()));
      md.append("  **remedy** %s %s%n".formatted(r.remedy().zh(), r.remedy().en()));
    }
    for (DutyRule d : rule.duties()) {
      String with =
          switch (d.with()) {
            case PERMIT -> "with a permit";
            case REFUSAL -> "with a refusal";
            case ANY_OUTCOME -> "whatever the outcome";
          };
      md.append("%n* **duty** `%s` %s of %s".formatted(d.kind(), with, verbs(d.verbs())));
      if (d.scope() != null)
        md.append(", **when** %s（%s）".formatted(d.scope().en(), d.scope().zh()));
      md.append("%n  %s %s%n".formatted(d.kind().words().zh(), d.kind().words().en()));
    }
    if (!rule.liability().equals(rule.instrument().liability())) {
      md.append("%nLiability: %s %s%n".formatted(rule.liability().zh(), rule.liability().en()));
    }
    md.append(
        "%nCases: %s%n"
            .formatted((cases("refused in", refusing) + cases("not refused in", met)).strip()));
  }

  private static String cases(String word, List<String> cases) {
    if (cases.isEmpty()) return "";
    String some =
        cases.stream()
            .limit(MOST_CASES)
            .map(id -> '`' + id + '`')
            .collect(Collectors.joining(", "));
    String more =
        cases.size() > MOST_CASES ? " and %d more".formatted(cases.size() - MOST_CASES) : "";
    return "%s %s%s. ".formatted(word, some, more);
  }

  private static String verbs(Set<Verb> verbs) {
    if (verbs.size() > Verb.values().length - 4) {
      Set<String> others =
          Arrays.stream(Verb.values())
              .filter(verb -> !verbs.contains(verb))
              .map(verb -> '`' + verb.name() + '`')
              .collect(Collectors.toCollection(LinkedHashSet::new));
      return others.isEmpty() ? "every verb" : "every verb but " + String.join(" ", others);
    }
    return verbs.stream().map(verb -> '`' + verb.name() + '`').collect(Collectors.joining(" "));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
