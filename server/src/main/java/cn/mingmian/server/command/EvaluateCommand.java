package cn.mingmian.server.command;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Finding;
import cn.mingmian.law.Rulebook;
import cn.mingmian.platform.evaluation.AccuracyRun;
import cn.mingmian.platform.evaluation.AttackReport;
import cn.mingmian.platform.evaluation.Declaration;
import cn.mingmian.platform.evaluation.EvaluationReport;
import cn.mingmian.platform.evaluation.EvaluationReport.Row;
import cn.mingmian.platform.evaluation.EvaluationReport.Share;
import cn.mingmian.platform.records.RecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// `evaluate DIR`: error rates of the installed models over a folder of labelled photos.
public final class EvaluateCommand implements Command {

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String synopsis() {
    return "DIR [--declaration FILE] [--pairs FILE] [--fmr RATE] [--attacks] [--pack NAME]"
        + " [--compare PACK] [--groups FILE] [--report FILE.html] [--models DIR] [--json]";
  }

  @Override
  public String purpose() {
    return "在有标签的照片集上测量错误率 / error rates over a folder of labelled photos";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Path folder = Path.of(arguments.word("a folder with `images/<person>/*`"));
    AccuracyRun.Task task =
        new AccuracyRun.Task(
            folder,
            arguments.path("--declaration"),
            arguments.path("--pairs"),
            wished(arguments),
            arguments.flag("--attacks"),
            arguments.value("--pack"),
            arguments.path("--groups"));
    arguments.finish();
    Optional<String> other = arguments.value("--compare");
    Optional<Path> page = arguments.path("--report");
    page.ifPresent(EvaluateCommand::requireWritable);
    if (task.attacks() && (other.isPresent() || page.isPresent() || task.groups().isPresent())) {
      throw new BadArgumentException(
          "`--attacks` goes without `--compare`, `--report` and `--groups`: they are about people");
    }
    AccuracyRun run =
        new AccuracyRun(
            ModelsCommand.folder(arguments),
            facts -> Rulebook.standard().decide(facts),
            console.clock());
    try {
      Declaration declaration = declared(task, console);
      if (other.isPresent()) run.requireReady(task.with(other.get()));
      AccuracyRun.Outcome outcome = run.run(task, declaration, bar(console));
      return switch (outcome) {
        case AccuracyRun.Refused refused -> {
          refuse(refused.decision(), folder, console);
          yield FAILED;
        }
        case AccuracyRun.Attacked attacked -> {
          if (arguments.flag("--json")) console.json(attacked.report());
          else show(attacked.report(), console);
          yield OK;
        }
        case AccuracyRun.Measured measured -> {
          List<EvaluationReport> packs = new ArrayList<>(List.of(measured.report()));
          if (other.isPresent()
              && run.run(task.with(other.get()), declaration, bar(console))
                  instanceof AccuracyRun.Measured second) {
            packs.add(second.report());
          }
          answer(packs, arguments.flag("--json"), console);
          page.ifPresent(file -> write(file, EvaluationPage.of(packs), console));
          yield OK;
        }
      };
    } catch (RecordException wrong) {
      throw new BadArgumentException(String.valueOf(wrong.getMessage()));
    }
  }

  private static void answer(List<EvaluationReport> packs, boolean json, Console console) {
    if (packs.size() == 1) {
      if (json) console.json(packs.getFirst());
      else show(packs.getFirst(), console);
      return;
    }
    PackComparison comparison = new PackComparison(packs.getFirst(), packs.getLast());
    if (json) {
      console.json(comparison);
      return;
    }
    for (EvaluationReport report : packs) {
      show(report, console);
      console.say("");
    }
    show(comparison, console);
  }

  private static void show(PackComparison comparison, Console console) {
    console.say(
        "%-8s FNMR %-32s FNMR %s",
        "FMR <=", comparison.first().model(), comparison.second().model());
    for (PackComparison.Pair pair : comparison.rows()) {
      console.say(
          "%s",
          String.format(
              Locale.ROOT,
              "%-8.0e %-37s %-37s %s",
              pair.first().wishedFmr(),
              interval(pair.first().fnmr()),
              interval(pair.second().fnmr()),
              pair.apart() ? "区间分开 / apart" : "区间重叠 / overlap"));
    }
    console.say("区间重叠时，这组照片不足以分出高下。");
    console.say("Where intervals overlap, these photos are too few to tell which pack is better.");
  }

  /// Told before the run, not after it.
  private static void requireWritable(Path page) {
    Path folder = page.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(page) || folder == null || !Files.isWritable(folder)) {
      throw new BadArgumentException(
          "`--report` expects a file in a folder that can be written, found `%s`".formatted(page));
    }
  }

  private static void write(Path file, String html, Console console) {
    try {
      Files.writeString(file, html);
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be written".formatted(file), e);
    }
    console.complain("报告 / report: %s", file.toAbsolutePath().normalize());
  }

  /// law| PIPL/13, PIPL/55: somebody answers for photos of people. Whoever starts a run over a
  /// folder without a declaration is told what that declares, and the report says who declared it.
  private static Declaration declared(AccuracyRun.Task task, Console console) {
    return AccuracyRun.declaration(task)
        .orElseGet(
            () -> {
              console.complain("没有 declaration.json：运行本命令即表示由您对该照片集负责（合法公开、有处理规则、告知和评估，结果之外不留存）。");
              console.complain(
                  "no declaration.json: by running this you answer for the set (lawfully public, with");
              console.complain(
                  "rules, notice and assessment, nothing kept but the figures); see docs/evaluation.");
              return Declaration.byWhoeverRuns(
                  task.folder(),
                  System.getProperty("user.name", "unknown"),
                  console.clock().instant());
            });
  }

  private static OptionalDouble wished(Arguments arguments) {
    if (arguments.value("--fmr").isEmpty()) return OptionalDouble.empty();
    String text = arguments.value("--fmr").get();
    try {
      double rate = Double.parseDouble(text);
      if (rate > 0 && rate <= 1) return OptionalDouble.of(rate);
    } catch (NumberFormatException notANumber) {
      // Told below, as every other rate that is none.
    }
    throw new BadArgumentException(
        "`--fmr` expects a rate above 0 up to 1, such as `1e-4`, found `%s`".formatted(text));
  }

  /// A bar that is drawn over in a terminal, and a line every tenth elsewhere.
  private static AccuracyRun.Progress bar(Console console) {
    boolean terminal = System.console() != null;
    long[] last = {-1};
    return (step, done, total) -> {
      long share = total == 0 ? 100 : done * 100 / total;
      synchronized (last) {
        long mark = step.hashCode() * 1000L + (terminal ? share : share / 10);
        if (mark == last[0]) return;
        last[0] = mark;
        String text =
            "%-10s [%s%s] %3d %%  %,d / %,d"
                .formatted(
                    step,
                    "#".repeat((int) share / 4),
                    ".".repeat(25 - (int) share / 4),
                    share,
                    done,
                    total);
        if (terminal) {
          console.err().print("\r" + text + (done == total ? "\n" : ""));
          console.err().flush();
        } else {
          console.complain("%s", text);
        }
      }
    };
  }

  private static void refuse(Decision decision, Path folder, Console console) {
    console.say("不准许 / refused: 这些照片中是真人 / these are photos of people");
    for (Finding finding : decision.violations()) {
      console.say("  %s", finding.rule().id());
      console.say("    %s", finding.why().zh());
      console.say("    %s", finding.why().en());
      console.say("    -> %s", finding.remedy().zh());
      console.say("    -> %s", finding.remedy().en());
    }
    console.say("");
    console.say("研究活动不适用《办法》（第二条），但仍适用个人信息保护法：由负责人写明该照片集的处理依据、告知和评估。");
    console.say(
        "Research is outside the Measures (article 2), not outside the PIPL: whoever answers for");
    console.say("the set declares its ground, notice and assessment, and runs:");
    console.say("  mingmian evaluate %s --declaration FILE", folder);
    console.say(
        "The form is docs/evaluation/people-declaration.example.json; a file `declaration.json` in");
    console.say("the folder is found by itself.");
  }

  private static void show(EvaluationReport report, Console console) {
    console.say("%s", report.set());
    EvaluationReport.Ground ground = report.ground();
    console.say(
        "依据 / ground: %s%s%s",
        ground.outcome(),
        ground.answers().map(name -> ", " + name).orElse(""),
        ground.rulebook().map(version -> ", rulebook " + version.substring(0, 12)).orElse(""));
    for (String duty : ground.duties()) console.say("  duty: %s", duty);
    console.say(
        "%s  %,d people, %,d photos, %.0f s",
        report.model(), report.people(), report.photos(), report.seconds());
    console.say("FTE   %s", share(report.fte()));
    new TreeMap<>(report.failures())
        .forEach((why, count) -> console.say("      %,d %s", count, why));
    console.say("pairs %,d genuine, %,d impostor", report.genuinePairs(), report.impostorPairs());
    console.say(
        "EER   %s",
        String.format(
            Locale.ROOT,
            "%.4f at %.4f",
            report.equalErrorRate().rate(),
            report.equalErrorRate().threshold()));
    console.say("");
    console.say(
        "  %-8s %-9s  %-8s %-34s %s", "FMR <=", "threshold", "TAR", "FNMR (95 %)", "FMR (95 %)");
    for (Row row : report.table()) row(row, console);
    report
        .wished()
        .ifPresent(
            row -> {
              console.say("");
              console.say("asked for:");
              row(row, console);
            });
    report
        .listed()
        .ifPresent(
            listed -> {
              console.say("");
              console.say(
                  "listed pairs: %,d genuine, %,d impostor, EER %s%s",
                  listed.genuinePairs(),
                  listed.impostorPairs(),
                  String.format(Locale.ROOT, "%.4f", listed.equalErrorRate().rate()),
                  listed
                      .accuracy()
                      .map(
                          accuracy ->
                              String.format(
                                  Locale.ROOT,
                                  ", accuracy %.4f ± %.4f (ten-fold)",
                                  accuracy,
                                  listed.deviation().orElse(0.0)))
                      .orElse(""));
            });
    discard(report, console);
    groups(report, console);
    console.say("");
    console.say("区间为 95 % 威尔逊区间，把各对视为独立；共用照片的对并不独立。* 误匹配不足 30 对，仅知数量级。");
    console.say(
        "Intervals are 95 % Wilson and take pairs for independent; pairs that share a photo are not.");
    console.say("* fewer than 30 false matches: known to its order of magnitude only.");
  }

  private static void discard(EvaluationReport report, Console console) {
    if (report.discard().isEmpty()) return;
    console.say("");
    console.say(
        "%s",
        String.format(
            Locale.ROOT,
            "error versus discard at %.4f: FNMR of what is left without the poorest 0, 5, 10, 20 %% of pairs",
            report.discard().getFirst().threshold()));
    for (EvaluationReport.Discard curve : report.discard()) {
      StringBuilder rates = new StringBuilder();
      for (EvaluationReport.DiscardPoint point : curve.points()) {
        double share = point.discarded();
        if (share == 0 || share == 0.05 || share == 0.1 || share == 0.2) {
          rates.append(String.format(Locale.ROOT, "  %.4f", point.fnmr()));
        }
      }
      console.say(
          "%s",
          String.format(
              Locale.ROOT,
              "  %-28s%s   area %.2f",
              curve.component(),
              rates,
              curve.relativeArea()));
    }
    console.say("  (area 1: the component tells nothing; less is better)");
  }

  private static void groups(EvaluationReport report, Console console) {
    if (report.groups().isEmpty()) return;
    console.say("");
    console.say(
        "%s",
        String.format(
            Locale.ROOT,
            "人群 / groups, within each, at %.4f (FMR of all <= %.0e)",
            report.judged().threshold(),
            report.judged().wishedFmr()));
    for (EvaluationReport.Group group : report.groups()) {
      console.say("  %s: %,d people", group.name(), group.people());
      console.say("    FTE   %s", share(group.fte()));
      console.say("    FNMR  %s", group.fnmr().map(EvaluateCommand::share).orElse("-"));
      console.say("    FMR   %s", group.fmr().map(EvaluateCommand::share).orElse("-"));
    }
    console.say("  标签由提供文件的人决定；人数少时，看不出差异不等于没有差异。");
    console.say(
        "  Labels are the file's; with few people no visible difference is not no difference.");
  }

  private static void show(AttackReport report, Console console) {
    console.say("%s", report.set());
    console.say("%s  bar %.2f", report.model(), report.bar());
    console.say("");
    console.say("  %-14s %5s  %-42s %s", "species", "N", "APCER (95 %)", "no answer (APNRR)");
    for (AttackReport.Species kind : report.species()) {
      console.say(
          "  %-14s %5d  %-42s %s",
          kind.name(), kind.presented(), share(kind.apcer()), share(kind.apnrr()));
    }
    console.say("");
    console.say(
        "  %-14s %5d  %-42s %s",
        "live: BPCER", report.live(), share(report.bpcer()), share(report.bpnrr()));
    for (AttackReport.Trade trade : report.trade()) {
      console.say(
          "  BPCER at APCER <= %.2f: %s",
          trade.apcer(),
          trade.bpcer().map(rate -> String.format(Locale.ROOT, "%.3f", rate)).orElse("-"));
    }
    console.say("");
    console.say("最差的一种决定结论；样本太少时区间很宽，不能当作检测报告。");
    console.say(
        "The worst species counts. With few photos the intervals are wide: this is no laboratory's report.");
  }

  private static void row(Row row, Console console) {
    console.say(
        "%s",
        String.format(
            Locale.ROOT,
            "  %-8.0e %9.4f  %.4f   %.4f [%.4f, %.4f]           %.2e [%.2e, %.2e]%s",
            row.wishedFmr(),
            row.threshold(),
            row.tar(),
            row.fnmr().rate(),
            row.fnmr().low(),
            row.fnmr().high(),
            row.fmr().rate(),
            row.fmr().low(),
            row.fmr().high(),
            row.supported() ? "" : " *"));
  }

  private static String interval(Share share) {
    return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", share.rate(), share.low(), share.high());
  }

  private static String share(Share share) {
    return String.format(
        Locale.ROOT,
        "%.4f [%.4f, %.4f]  %d of %d",
        share.rate(),
        share.low(),
        share.high(),
        share.errors(),
        share.trials());
  }
}
