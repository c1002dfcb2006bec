package cn.mingmian.server.command;

import cn.mingmian.law.Rulebook;
import cn.mingmian.law.rules.DutyRule;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Requirement;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Text;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `law timeline`: when which instrument came into force. `law show RULE`: one rule in words.
public final class LawCommand implements Command {

  @Override
  public String name() {
    return "law";
  }

  @Override
  public String synopsis() {
    return "timeline | show RULE";
  }

  @Override
  public String purpose() {
    return "法规时间线与条文 / when which law came into force; one rule in words";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String what = arguments.word("`timeline` or `show`");
    return switch (what) {
      case "timeline" -> {
        arguments.finish();
        yield timeline(console);
      }
      case "show" -> {
        String id = arguments.word("a rule such as `MEASURES-2025/13.2`");
        arguments.finish();
        yield show(id, console);
      }
      default ->
          throw new BadArgumentException(
              "expected `timeline` or `show`, found `%s`".formatted(what));
    };
  }

  private static int timeline(Console console) {
    LocalDate today = LocalDate.ofInstant(console.clock().instant(), ZoneId.of("Asia/Shanghai"));
    for (Instrument instrument : Rulebook.standard().timeline()) {
      LocalDate from = instrument.inForceFrom().orElseThrow();
      console.say(
          "%s  %-14s %s %s",
          from,
          instrument.id(),
          instrument.name().zh(),
          from.isAfter(today)
              ? "（尚未施行 / not in force yet）"
              : Optional.ofNullable(instrument.to())
                  .map(to -> "（至 / until " + to + "）")
                  .orElse(""));
    }
    for (Instrument instrument : Rulebook.standard().instruments()) {
      if (instrument.from() == null) {
        console.say(
            "----------  %-14s %s（%s / %s）",
            instrument.id(),
            instrument.name().zh(),
            instrument.authority().words().zh(),
            instrument.authority().words().en());
      }
    }
    return OK;
  }

  private static int show(String id, Console console) {
    Rule rule =
        Rulebook.standard()
            .rule(id)
            .orElseThrow(
                () ->
                    new BadArgumentException(
                        "no rule `%s`; `mingmian law timeline` lists the instruments"
                            .formatted(id)));
    LocalDate today = LocalDate.ofInstant(console.clock().instant(), ZoneId.of("Asia/Shanghai"));
    console.say("%s", rule.id());
    say(console, "", rule.citation());
    say(console, "", Rulebook.standing(rule, today));
    for (Requirement asked : rule.requirements()) {
      console.say("");
      console.say("  %s", String.join(" ", asked.verbs().stream().map(Enum::name).toList()));
      say(console, "  情形 / when   ", asked.scope());
      say(console, "  要求 / needs  ", asked.needs());
      say(console, "  理由 / why    ", asked.why());
      say(console, "  补救 / remedy ", asked.remedy());
    }
    for (DutyRule duty : rule.duties()) {
      console.say("");
      console.say("  %s", duty.kind().name());
      say(console, "  情形 / when   ", duty.scope());
      say(console, "  义务 / duty   ", duty.kind().words());
    }
    console.say("");
    say(console, "  责任 / liability ", rule.liability());
    return OK;
  }

  private static void say(Console console, String before, @Nullable Text text) {
    if (text != null) {
      console.say("%s%s", before, text.zh());
      console.say("%s%s", before.isEmpty() ? "" : " ".repeat(4), text.en());
    }
  }
}
