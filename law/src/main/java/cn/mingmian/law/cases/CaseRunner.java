package cn.mingmian.law.cases;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Duty;
import cn.mingmian.law.Finding;
import cn.mingmian.law.Outcome;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.deadlines.BadStartException;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.deadlines.Due;
import cn.mingmian.law.deadlines.Start;
import cn.mingmian.law.deadlines.UnknownDeadlineException;
import cn.mingmian.law.rules.DueBy;
import cn.mingmian.law.rules.DutyKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks the rulebook and the clocks what cases expect of them.
///
/// ```
/// CaseRunner.Report report = CaseRunner.standard().run(files);
/// System.out.print(report.text());            // 215 passed, 0 failed
/// System.exit(report.allAgree() ? 0 : 1);
/// ```
///
/// Immutable and thread-safe.
public final class CaseRunner {
  private final Rulebook rulebook;
  private final Deadlines deadlines;

  private CaseRunner(Rulebook rulebook, Deadlines deadlines) {
    this.rulebook = rulebook;
    this.deadlines = deadlines;
  }

  public static CaseRunner standard() {
    return of(Rulebook.standard(), Deadlines.published());
  }

  public static CaseRunner of(Rulebook rulebook, Deadlines deadlines) {
    return new CaseRunner(rulebook, deadlines);
  }

  /// @param files  the bytes of every file by its path inside the folder, with `/`
  public Report run(Map<String, byte[]> files) {
    return new Report(CaseFolder.read(files).stream().map(this::run).toList());
  }

  public Result run(Case c) {
    return switch (c) {
      case Case.OfDecision decision -> run(decision);
      case Case.OfClock clock -> new Result(c, run(clock), Optional.empty());
      case Case.Unreadable(String file, String id, String fault) ->
          new Result(c, List.of("cannot be read: " + fault), Optional.empty());
    };
  }

  private Result run(Case.OfDecision c) {
    Decision decision = rulebook.decide(c.facts());
    List<String> against = new ArrayList<>();
    boolean agrees =
        decision.outcome() == c.outcome()
            || (c.outcome() == Outcome.PERMIT && decision.isPermitted());
    if (!agrees) {
      against.add("expected outcome `%s`, found `%s`".formatted(c.outcome(), decision.outcome()));
    }
    List<String> violated = decision.violated();
    for (String rule : c.cites()) {
      if (!violated.contains(rule)) against.add("expected `%s` to be violated".formatted(rule));
    }
    for (String rule : c.notCites()) {
      if (violated.contains(rule)) against.add("expected `%s` not to be violated".formatted(rule));
    }
    List<DutyKind> kinds = decision.duties().stream().map(Duty::kind).toList();
    for (DutyKind kind : c.duties()) {
      if (!kinds.contains(kind)) against.add("expected the duty `%s`".formatted(kind));
    }
    for (DutyKind kind : c.notDuties()) {
      if (kinds.contains(kind)) against.add("expected no duty `%s`".formatted(kind));
    }
    c.due()
        .forEach(
            (kind, when) -> {
              List<String> dues =
                  decision.duties().stream()
                      .filter(duty -> duty.kind() == kind)
                      .flatMap(duty -> duty.due().stream())
                      .filter(by -> !isSame(by, when))
                      .map(DueBy::text)
                      .toList();
              boolean found =
                  decision.duties().stream()
                      .filter(duty -> duty.kind() == kind)
                      .flatMap(duty -> duty.due().stream())
                      .anyMatch(by -> isSame(by, when));
              if (!found) {
                against.add("expected `%s` due `%s`, found %s".formatted(kind, when, dues));
              }
            });
    return new Result(c, against, Optional.of(decision));
  }

  private List<String> run(Case.OfClock c) {
    try {
      Due due = deadlines.due(c.deadline(), c.event(), Start.parse(c.from()));
      return isSame(due, c.due())
          ? List.of()
          : List.of("expected `%s`, found `%s`".formatted(c.due(), due.text()));
    } catch (UnknownDeadlineException | BadStartException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isSame(Due due, String expected) {
    return switch (due.end()) {
      case Due.End.LastDay(LocalDate day) -> day.toString().equals(expected);
      case Due.End.Until(Instant instant) -> isSame(instant, expected);
    };
  }

  private static boolean isSame(DueBy due, String expected) {
    return switch (due) {
      case DueBy.Day(LocalDate day, boolean isFinal) -> day.toString().equals(expected);
      case DueBy.Moment(Instant instant) -> isSame(instant, expected);
    };
  }

  private static boolean isSame(Instant instant, String expected) {
    try {
      return OffsetDateTime.parse(expected).toInstant().equals(instant);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /// How one case went. Immutable.
  ///
  /// @param against  what does not agree; empty when all does
  /// @param decision  what was decided, for a decision case
  public record Result(Case asked, List<String> against, Optional<Decision> decision) {
    public Result {
      against = List.copyOf(against);
    }

    public boolean agrees() {
      return against.isEmpty();
    }
  }

  /// How all cases went. Immutable.
  public record Report(List<Result> results) {
    public Report {
      results = List.copyOf(results);
    }

    public long passed() {
      return results.stream().filter(Result::agrees).count();
    }

    public long failed() {
      return results.size() - passed();
    }

    public boolean allAgree() {
      return failed() == 0;
    }

    /// `N passed, N failed`, then each disagreement in full.
    public String text() {
      StringBuilder text = new StringBuilder();
      text.append("%d passed, %d failed%n".formatted(passed(), failed()));
      for (Result result : results) {
        if (result.agrees()) continue;
        text.append("%n%s: %s%n".formatted(result.asked().file(), result.asked().id()));
        for (String line : result.against()) text.append("  - %s%n".formatted(line));
        result
            .decision()
            .ifPresent(
                decision -> {
                  text.append("  decided: %s%n".formatted(decision.outcome()));
                  for (Finding finding : decision.violations()) {
                    text.append(
                        "    %s (%s): %s%n"
                            .formatted(finding.rule().id(), finding.reason(), finding.why().en()));
                  }
                  for (Duty duty : decision.duties()) {
                    text.append(
                        "    duty %s by %s%s%n"
                            .formatted(
                                duty.kind(),
                                duty.rule().id(),
                                duty.due().map(by -> ", due " + by.text()).orElse("")));
                  }
                });
      }
      return text.toString();
    }
  }
}
