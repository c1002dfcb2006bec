package cn.mingmian.server.command;

import cn.mingmian.law.Rulebook;
import cn.mingmian.law.cases.Changelog;
import cn.mingmian.law.cases.Replay;
import cn.mingmian.law.cases.StoredDecision;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.law.rules.DutyRule;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Requirement;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import cn.mingmian.law.rules.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `law timeline`: when which instrument came into force. `law show RULE`: one rule in words. `law
/// ready [DATE]`: rules that are written and not in force then. `law changes`: what changed in the
/// rulebook. `law replay FILE`: a stored decision under the rulebook of today; 1 where something
/// came out otherwise that no change accounts for.
public final class LawCommand implements Command {
  private static final String EXPECTED = "`timeline`, `show`, `ready`, `changes` or `replay`";

  @Override
  public String name() {
    return "law";
  }

  @Override
  public String synopsis() {
    return "timeline | show RULE | ready [DATE] | changes | replay FILE";
  }

  @Override
  public String purpose() {
    return "法规时间线、条文、待施行规则、规则变更、重演判定 / the law in time; a rule in words; replay a decision";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String what = arguments.word(EXPECTED);
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
      case "ready" -> {
        Optional<String> day = arguments.optionalWord();
        arguments.finish();
        yield ready(day.map(LawCommand::day).orElseGet(() -> today(console)), console);
      }
      case "changes" -> {
        arguments.finish();
        yield changes(console);
      }
      case "replay" -> {
        Path file = Path.of(arguments.word("a file with a stored decision"));
        arguments.finish();
        yield replay(file, console);
      }
      default ->
          throw new BadArgumentException("expected %s, found `%s`".formatted(EXPECTED, what));
    };
  }

  private static int timeline(Console console) {
    LocalDate today = today(console);
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
    LocalDate today = today(console);
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

  private static int ready(LocalDate day, Console console) {
    List<Rule> coming =
        Rulebook.standard().notYetInForce(day.atStartOfDay(Situation.SHANGHAI).toInstant());
    console.say("%s：%d 条规则尚未施行 / rules not in force yet", day, coming.size());
    for (Rule rule : coming) {
      console.say("");
      console.say("%s  %s", rule.instrument().inForceFrom().orElseThrow(), rule.id());
      say(console, "  ", rule.citation());
      for (Requirement asked : rule.requirements()) {
        say(console, "  要求 / needs  ", asked.needs());
        say(console, "  准备 / prepare ", asked.remedy());
      }
    }
    return OK;
  }

  private static int changes(Console console) {
    for (Changelog.Release release : Changelog.standard().releases()) {
      console.say("%s  %s", release.date(), release.version());
      for (Changelog.Entry entry : release.entries()) {
        say(console, "  " + String.join(" ", entry.rules()) + " ", entry.what());
      }
    }
    return OK;
  }

  private static int replay(Path file, Console console) {
    StoredDecision stored;
    try {
      stored = StoredDecision.read(Files.readAllBytes(file));
    } catch (MalformedFactsException malformed) {
      throw new BadArgumentException(
          "`%s` at `%s`: expected %s, found %s"
              .formatted(
                  file.getFileName(),
                  malformed.pointer(),
                  malformed.expected(),
                  malformed.found()));
    } catch (IOException unreadable) {
      throw new BadArgumentException("`%s` cannot be read".formatted(file));
    }
    Replay replay = Replay.of(stored, Rulebook.standard(), Changelog.standard());
    console.say(
        "%s",
        switch (replay.result()) {
          case SAME -> "SAME  结论相同";
          case EXPLAINED -> "EXPLAINED  结论有差异，均有规则变更记录可查";
          case UNEXPLAINED -> "UNEXPLAINED  有差异没有规则变更记录可以说明：记录或者程序不是原来的";
        });
    console.say("  then %s", stored.rulebook());
    console.say("  now  %s", replay.now().rulebook());
    if (replay.changes().isEmpty()) {
      console.say("  当时的版本不在变更记录中 / that version is not in the changelog");
    }
    for (Replay.Difference difference : replay.differences()) {
      console.say("");
      console.say("  %s: %s -> %s", difference.what(), difference.then(), difference.now());
      for (Changelog.Entry entry : difference.because()) {
        say(console, "    ", entry.what());
      }
    }
    return replay.result() == Replay.Result.UNEXPLAINED ? FAILED : OK;
  }

  private static LocalDate today(Console console) {
    return LocalDate.ofInstant(console.clock().instant(), Situation.SHANGHAI);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new BadArgumentException(
          "expected a date such as `2025-06-01`, found `%s`".formatted(text));
    }
  }

  private static void say(Console console, String before, @Nullable Text text) {
    if (text != null) {
      console.say("%s%s", before, text.zh());
      console.say("%s%s", before.isEmpty() ? "" : " ".repeat(4), text.en());
    }
  }
}
