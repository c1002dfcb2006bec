package cn.mingmian.server.api;

import cn.mingmian.law.deadlines.BadStartException;
import cn.mingmian.law.deadlines.Bilingual;
import cn.mingmian.law.deadlines.Clock;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.deadlines.Start;
import cn.mingmian.law.deadlines.UnknownDeadlineException;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.command.DueView;
import cn.mingmian.server.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The clocks of the law. Open: a calendar shows nothing of anybody.
@RestController
@Tag(name = "Law 法律")
class DeadlinesController {

  private final Deadlines deadlines = Deadlines.published();

  /// One clock.
  ///
  /// @param period  such as `30 WORKING_DAYS`
  record ClockView(
      String rule,
      Optional<String> event,
      String period,
      String meaning,
      Bilingual what,
      boolean verified) {}

  record Clocks(List<ClockView> items) {}

  @Operation(
      summary = "List the deadlines of the law",
      description = "Every clock that has a figure, in the order of their instruments.")
  @GetMapping("/v1/deadlines")
  @Open
  Clocks listDeadlines() {
    return new Clocks(
        Deadlines.clocks().stream()
            .map(
                clock ->
                    new ClockView(
                        clock.rule(),
                        clock.event().map(Enum::name),
                        clock.period().amount() + " " + clock.period().unit(),
                        clock.meaning().name(),
                        clock.what(),
                        clock.verified()))
            .toList());
  }

  @Operation(
      summary = "When a deadline runs out",
      description =
          "Counts from the day of the event, which itself never counts, by the published working"
              + " days. A date that waits for an unpublished holiday notice is provisional and says"
              + " so.")
  @GetMapping("/v1/deadlines/due")
  @Open
  DueView dueDate(
      @RequestParam String rule, @RequestParam String from, @RequestParam Optional<String> event) {
    try {
      return DueView.of(deadlines.due(rule, event.map(DeadlinesController::event), start(from)));
    } catch (UnknownDeadlineException unknown) {
      throw ProblemException.parameter("rule", String.valueOf(unknown.getMessage()));
    } catch (BadStartException wrong) {
      throw ProblemException.parameter("from", String.valueOf(wrong.getMessage()));
    }
  }

  private static Start start(String from) {
    return Start.parse(from);
  }

  private static Clock.Event event(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "CHANGE" -> Clock.Event.CHANGE;
      case "END" -> Clock.Event.END;
      default -> throw ProblemException.parameter("event", "expected CHANGE or END");
    };
  }
}
