package cn.mingmian.server.command;

import cn.mingmian.law.deadlines.BadStartException;
import cn.mingmian.law.deadlines.Clock;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.deadlines.Due;
import cn.mingmian.law.deadlines.Start;
import cn.mingmian.law.deadlines.UnknownDeadlineException;
import java.util.Locale;
import java.util.Optional;

/// `deadline RULE DATE [--event CHANGE|END]`: when a clock of the law runs out. Without a rule,
/// lists the clocks.
public final class DeadlineCommand implements Command {

  @Override
  public String name() {
    return "deadline";
  }

  @Override
  public String synopsis() {
    return "[RULE DATE] [--event CHANGE|END] [--json]";
  }

  @Override
  public String purpose() {
    return "计算法定期限 / when a deadline of the law runs out; without a rule, the list of clocks";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Optional<String> rule = arguments.optionalWord();
    if (rule.isEmpty()) {
      arguments.finish();
      for (Clock clock : Deadlines.clocks()) {
        console.say(
            "%-20s %s",
            clock.rule() + clock.event().map(event -> " " + event).orElse(""), clock.what().en());
      }
      return OK;
    }
    String date = arguments.word("a date such as `2025-06-03`");
    arguments.finish();
    Due due;
    try {
      due = Deadlines.published().due(rule.get(), event(arguments), Start.parse(date));
    } catch (UnknownDeadlineException | BadStartException wrong) {
      throw new BadArgumentException(String.valueOf(wrong.getMessage()));
    }
    if (arguments.flag("--json")) {
      console.json(DueView.of(due));
      return OK;
    }
    console.say(due.text());
    console.complain("%s", due.clock().what().zh());
    console.complain("%s", due.clock().what().en());
    if (due.certainty() instanceof Due.Certainty.Provisional provisional) {
      console.complain("暂定 / provisional: %s", provisional.why().zh());
      console.complain("%s", provisional.why().en());
    }
    if (!due.clock().verified()) {
      console.complain("条文未经官方文本核对 / the figure was not read in an official text");
    }
    return OK;
  }

  private static Optional<Clock.Event> event(Arguments arguments) {
    return arguments
        .value("--event")
        .map(
            text ->
                switch (text.toUpperCase(Locale.ROOT)) {
                  case "CHANGE" -> Clock.Event.CHANGE;
                  case "END" -> Clock.Event.END;
                  default ->
                      throw new BadArgumentException(
                          "`--event` expects CHANGE or END, found `%s`".formatted(text));
                });
  }
}
