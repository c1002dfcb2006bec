package cn.mingmian.server.command;

import static cn.mingmian.server.command.Chart.text;

import cn.mingmian.platform.evaluation.EvaluationReport;
import cn.mingmian.platform.evaluation.EvaluationReport.Bar;
import cn.mingmian.platform.evaluation.EvaluationReport.Discard;
import cn.mingmian.platform.evaluation.EvaluationReport.Group;
import cn.mingmian.platform.evaluation.EvaluationReport.Row;
import cn.mingmian.platform.evaluation.EvaluationReport.Share;
import cn.mingmian.server.command.Chart.Axis;
import cn.mingmian.server.command.Chart.Spot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The result of an accuracy run, or of two over the same photos, as one HTML page that needs
/// nothing else. One thread at a time.
final class EvaluationPage {
  private static final int MOST_CURVES = 5;

  private static final String STYLE =
      """
      :root{--ink:#16211e;--soft:#52625d;--line:#d8e0dc;--paper:#f6f8f7;--card:#fff;
        --s0:#0b5d4e;--s1:#b4500b;--s2:#3a55b4;--s3:#8a2f86;--s4:#6b6b00}
      @media(prefers-color-scheme:dark){:root{--ink:#e7eeeb;--soft:#a3b3ad;--line:#33403c;
        --paper:#111816;--card:#1a2320;--s0:#6fd0b9;--s1:#f0a15f;--s2:#9db2ff;--s3:#e79be2;--s4:#d6d66a}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:72rem;padding:1.2rem;color:var(--ink);background:var(--paper);
        font-family:system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",
        "Droid Sans Fallback",sans-serif;line-height:1.6}
      h1{font-size:1.7rem;line-height:1.3;margin:.2rem 0}h2{font-size:1.2rem;margin:1.8rem 0 .4rem}
      p{margin:.25rem 0;max-width:46rem;overflow-wrap:anywhere}[lang=en]{color:var(--soft)}
      .two{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
      .card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.9rem;
        min-width:0}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
      th,td{text-align:right;padding:.25rem .6rem;border-bottom:1px solid var(--line);
        font-variant-numeric:tabular-nums;white-space:nowrap}
      th:first-child,td:first-child{text-align:left}th{font-weight:600}
      td small{color:var(--soft)}svg{width:100%;max-width:36rem;height:auto;display:block}
      svg.whisker{width:9rem;height:1.1rem}
      svg text{font-size:14px;fill:var(--ink)}
      @media(max-width:30rem){svg text{font-size:17px}}.grid{stroke:var(--line)}
      .mark{stroke:var(--ink);stroke-dasharray:2 3}
      polyline{fill:none;stroke-width:2.4}polygon{fill-opacity:.35;stroke-width:1.4}
      .s0,.a0{stroke:var(--s0)}.s1,.a1{stroke:var(--s1);stroke-dasharray:8 3}.s2{stroke:var(--s2);stroke-dasharray:2 3}
      .s3{stroke:var(--s3);stroke-dasharray:10 3 2 3}.s4{stroke:var(--s4);stroke-dasharray:4 2}
      .a0{fill:var(--s0)}.a1{fill:var(--s1)}
      .legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.92rem}
      .legend svg{width:2rem;height:.7rem;display:inline-block;margin-right:.3rem}
      @media print{body{background:#fff}.card{break-inside:avoid}}
      """;

  private final List<EvaluationReport> packs;
  private final StringBuilder page = new StringBuilder();

  private EvaluationPage(List<EvaluationReport> packs) {
    this.packs = List.copyOf(packs);
  }

  /// @param packs the report of one pack, or of two over the same photos
  static String of(List<EvaluationReport> packs) {
    return new EvaluationPage(packs).write();
  }

  private String write() {
    EvaluationReport first = packs.getFirst();
    page.append("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"/>")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>")
        .append("<title>人脸识别准确度 · Accuracy</title><style>")
        .append(STYLE)
        .append("</style></head><body><main>");
    head(first);
    tradeOff();
    page.append("<div class=\"two\">");
    for (EvaluationReport report : packs) histogram(report);
    page.append("</div>");
    for (EvaluationReport report : packs) thresholds(report);
    if (packs.size() > 1) compared();
    for (EvaluationReport report : packs) groups(report);
    heading("先弃质量最差的，错误如何下降", "Error versus discard");
    page.append("<div class=\"two\">");
    for (EvaluationReport report : packs) discard(report);
    page.append("</div>");
    limits(first);
    return page.append("</main></body></html>\n").toString();
  }

  private void head(EvaluationReport report) {
    page.append("<h1>人脸识别准确度 <span lang=\"en\">Accuracy</span></h1>");
    both("照片集：" + report.set(), "Set: " + report.set());
    String answers = report.ground().answers().map(name -> ", " + name).orElse("");
    Instant begun = report.begun().truncatedTo(ChronoUnit.SECONDS);
    both(
        "处理依据：%s%s；测量时间：%s".formatted(report.ground().outcome(), answers, begun),
        "Ground: %s%s; measured: %s".formatted(report.ground().outcome(), answers, begun));
    page.append("<div class=\"card wide\"><table><tr><th>模型包 <span lang=\"en\">pack</span></th>")
        .append("<th>人 <span lang=\"en\">people</span></th>")
        .append("<th>照片 <span lang=\"en\">photos</span></th>")
        .append("<th>无模板 FTE <small>(95 %)</small></th>")
        .append("<th>同一人对 <span lang=\"en\">genuine</span></th>")
        .append("<th>不同人对 <span lang=\"en\">impostor</span></th><th>EER</th></tr>");
    for (EvaluationReport each : packs) {
      cells(
          "<code>" + text(each.model()) + "</code>",
          "%,d".formatted(each.people()),
          "%,d".formatted(each.photos()),
          share(each.fte()),
          "%,d".formatted(each.genuinePairs()),
          "%,d".formatted(each.impostorPairs()),
          "%.4f".formatted(each.equalErrorRate().rate()));
    }
    page.append("</table></div>");
    for (EvaluationReport each : packs) {
      if (each.failures().isEmpty()) continue;
      String why = text(new TreeMap<>(each.failures()).toString());
      both(
          each.model() + " 没有得到模板的照片，按原因：" + why,
          each.model() + ": photos without a template, by reason: " + why);
    }
  }

  private void tradeOff() {
    heading("两种错误的权衡（DET 曲线）", "Trade-off of the two errors (DET)");
    double mostImpostors = 0;
    double mostGenuine = 0;
    for (EvaluationReport report : packs) {
      mostImpostors = Math.max(mostImpostors, report.impostorPairs());
      mostGenuine = Math.max(mostGenuine, report.genuinePairs());
    }
    Chart chart =
        new Chart(
            "DET",
            new Axis("误匹配率 FMR", decadeBelow(0.5 / mostImpostors), 1, true),
            new Axis("漏匹配率 FNMR", decadeBelow(0.5 / mostGenuine), 1, true));
    for (int i = 0; i < packs.size(); i++) {
      chart.line(
          i, packs.get(i).tradeOff().stream().map(p -> new Spot(p.fmr(), p.fnmr())).toList());
    }
    page.append("<div class=\"card\">").append(chart.svg());
    legend(packs.stream().map(EvaluationReport::model).toList(), 's');
    page.append("</div>");
    both(
        "越靠左下越好。贴着底边表示没有一对被漏掉，不表示错误率为零。",
        "Further down and left is better. A line along the bottom means that no pair was missed, not"
            + " that the rate is zero.");
  }

  /// The power of ten at or below a rate, at most a tenth.
  private static double decadeBelow(double rate) {
    return Math.min(0.1, Math.pow(10, Math.floor(Math.log10(rate))));
  }

  private void histogram(EvaluationReport report) {
    List<Bar> bars = report.histogram();
    int from = 0;
    while (empty(bars.get(from))) from++;
    int to = bars.size();
    while (empty(bars.get(to - 1))) to--;
    List<Bar> filled = bars.subList(from, to);
    List<Spot> genuine = steps(filled, Bar::genuine, report.genuinePairs());
    List<Spot> impostor = steps(filled, Bar::impostor, report.impostorPairs());
    double highest = 0;
    for (Spot spot : genuine) highest = Math.max(highest, spot.y());
    for (Spot spot : impostor) highest = Math.max(highest, spot.y());
    String chart =
        new Chart(
                "histogram of scores",
                new Axis("相似度 cosine", filled.getFirst().from(), filled.getLast().to(), false),
                new Axis("占比 share of pairs", 0, highest * 1.12, false))
            .area(1, impostor)
            .area(0, genuine)
            .mark(
                report.judged().threshold(),
                String.format(
                    Locale.ROOT,
                    "%.3f (FMR ≤ %.0e)",
                    report.judged().threshold(),
                    report.judged().wishedFmr()))
            .svg();
    page.append("<section><h2>分数分布 <span lang=\"en\">Scores</span> <code>")
        .append(text(report.model()))
        .append("</code></h2><div class=\"card\">")
        .append(chart);
    legend(List.of("同一人 genuine", "不同人 impostor"), 'a');
    page.append("</div></section>");
  }

  private static boolean empty(Bar bar) {
    return bar.genuine() + bar.impostor() == 0;
  }

  private static List<Spot> steps(List<Bar> bars, ToLongFunction<Bar> count, long all) {
    List<Spot> spots = new ArrayList<>();
    for (Bar bar : bars) {
      double share = (double) count.applyAsLong(bar) / all;
      spots.add(new Spot(bar.from(), share));
      spots.add(new Spot(bar.to(), share));
    }
    return spots;
  }

  private void thresholds(EvaluationReport report) {
    heading("阈值 " + report.model(), "Thresholds");
    page.append("<div class=\"card wide\"><table><tr><th>FMR ≤</th>")
        .append("<th>阈值 <span lang=\"en\">threshold</span></th><th>TAR</th>")
        .append("<th>FNMR <small>(95 %)</small></th><th>FMR <small>(95 %)</small></th></tr>");
    List<Row> rows = new ArrayList<>(report.table());
    report.wished().filter(row -> !rows.contains(row)).ifPresent(rows::add);
    for (Row row : rows) {
      cells(
          "%.0e%s".formatted(row.wishedFmr(), row.supported() ? "" : " *"),
          "%.4f".formatted(row.threshold()),
          "%.4f".formatted(row.tar()),
          share(row.fnmr()),
          "%.2e <small>[%.1e, %.1e]</small>"
              .formatted(row.fmr().rate(), row.fmr().low(), row.fmr().high()));
    }
    page.append("</table></div>");
    both(
        "* 误匹配不足 30 对，仅知数量级。",
        "* fewer than 30 false matches: known to its order of magnitude only.");
  }

  private void compared() {
    EvaluationReport one = packs.getFirst();
    EvaluationReport other = packs.getLast();
    heading("两个模型包并列", "Side by side");
    page.append("<div class=\"card wide\"><table><tr><th>FMR ≤</th><th>FNMR <code>")
        .append(text(one.model()))
        .append("</code></th><th>FNMR <code>")
        .append(text(other.model()))
        .append("</code></th><th>区间 <span lang=\"en\">intervals</span></th></tr>");
    for (PackComparison.Pair pair : new PackComparison(one, other).rows()) {
      cells(
          "%.0e".formatted(pair.first().wishedFmr()),
          share(pair.first().fnmr()),
          share(pair.second().fnmr()),
          pair.apart() ? "分开 apart" : "重叠 overlap");
    }
    page.append("</table></div>");
    both(
        "每个包各用自己的阈值。区间重叠时，这组照片不足以分出高下。",
        "Each pack at its own threshold. Where the intervals overlap, these photos are too few to"
            + " tell which is better.");
  }

  private void groups(EvaluationReport report) {
    if (report.groups().isEmpty()) return;
    heading("人群差异 " + report.model(), "Groups");
    Row judged = report.judged();
    both(
        "所有人群共用阈值 %.4f（全体 FMR ≤ %.0e），只在同一人群内比较。".formatted(judged.threshold(), judged.wishedFmr()),
        "One threshold for all, %.4f (FMR of the whole set ≤ %.0e); pairs within a group only."
            .formatted(judged.threshold(), judged.wishedFmr()));
    double most = 0;
    for (Group group : report.groups()) {
      most = Math.max(most, group.fnmr().map(Share::high).orElse(0.0));
    }
    page.append("<div class=\"card wide\"><table><tr><th>人群 <span lang=\"en\">group</span></th>")
        .append("<th>人 <span lang=\"en\">people</span></th><th>FTE</th>")
        .append("<th>FNMR <small>(95 %)</small></th><th></th>")
        .append("<th>FMR <small>(95 %)</small></th></tr>");
    for (Group group : report.groups()) {
      double widest = most;
      cells(
          text(group.name()),
          "%,d".formatted(group.people()),
          share(group.fte()),
          group.fnmr().map(EvaluationPage::share).orElse("–"),
          group.fnmr().map(rate -> whisker(rate, widest)).orElse(""),
          group.fmr().map(EvaluationPage::share).orElse("–"));
    }
    page.append("</table></div>");
    verdict("FNMR", "漏匹配", report.groups(), Group::fnmr);
    verdict("FMR", "误匹配", report.groups(), Group::fmr);
    both(
        "标签由提供文件的人决定，程序不作核实，也不从人脸推断。人数少时区间很宽：看不出差异，不等于没有差异。",
        "The labels are those of whoever made the file; the program checks none and infers none from"
            + " a face. With few people the intervals are wide: no visible difference is not no"
            + " difference.");
    int labelled = report.groups().stream().mapToInt(Group::people).sum();
    if (labelled < report.people()) {
      both(
          "%,d 人没有标签，不在上表中。".formatted(report.people() - labelled),
          "%,d people have no label and are not in this table."
              .formatted(report.people() - labelled));
    }
  }

  /// The two groups that lie furthest apart, if any two do.
  private void verdict(
      String rate, String zh, List<Group> groups, Function<Group, Optional<Share>> of) {
    List<Group> tried = groups.stream().filter(group -> of.apply(group).isPresent()).toList();
    if (tried.size() < 2) {
      both(
          zh + "：不足两组有这样的对，无法比较。",
          rate + ": fewer than two groups have such pairs; nothing to compare.");
      return;
    }
    Group worst = Collections.max(tried, Comparator.comparingDouble(g -> low(of, g)));
    Group best = Collections.min(tried, Comparator.comparingDouble(g -> high(of, g)));
    if (low(of, worst) > high(of, best)) {
      both(
          "%s：“%s”高于“%s”，区间不重叠。".formatted(zh, worst.name(), best.name()),
          "%s: higher for `%s` than for `%s`; the intervals do not overlap."
              .formatted(rate, worst.name(), best.name()));
    } else {
      both(
          "%s：各组区间都重叠，这组照片看不出差异。".formatted(zh),
          "%s: all intervals overlap; these photos show no difference.".formatted(rate));
    }
  }

  private static double low(Function<Group, Optional<Share>> of, Group group) {
    return of.apply(group).map(Share::low).orElse(0.0);
  }

  private static double high(Function<Group, Optional<Share>> of, Group group) {
    return of.apply(group).map(Share::high).orElse(1.0);
  }

  private static String whisker(Share rate, double most) {
    double scale = 140 / Math.max(most, 1e-9);
    return String.format(
        Locale.ROOT,
        "<svg class=\"whisker\" viewBox=\"0 0 144 16\" aria-hidden=\"true\"><line class=\"s0\""
            + " stroke-width=\"2\" x1=\"%.1f\" x2=\"%.1f\" y1=\"8\" y2=\"8\"/><circle cx=\"%.1f\""
            + " cy=\"8\" r=\"4\" fill=\"var(--s0)\"/></svg>",
        2 + rate.low() * scale,
        2 + rate.high() * scale,
        2 + rate.rate() * scale);
  }

  private void discard(EvaluationReport report) {
    page.append("<div class=\"card\"><p><code>").append(text(report.model())).append("</code></p>");
    if (report.discard().isEmpty()) {
      both(
          "在 FMR 1e-4 的阈值上没有同一人的对被漏掉，无曲线可画。",
          "At the threshold for FMR 1e-4 no genuine pair was missed: there is no curve to draw.");
    } else {
      List<Discard> curves =
          report.discard().subList(0, Math.min(MOST_CURVES, report.discard().size()));
      double highest = 0;
      for (Discard curve : curves) {
        for (var point : curve.points()) highest = Math.max(highest, point.fnmr());
      }
      Chart chart =
          new Chart(
              "error versus discard",
              new Axis("弃去的对 discarded", 0, 0.2, false),
              new Axis("漏匹配率 FNMR", 0, highest * 1.05, false));
      for (int i = 0; i < curves.size(); i++) {
        chart.line(
            i,
            curves.get(i).points().stream()
                .map(point -> new Spot(point.discarded(), point.fnmr()))
                .toList());
      }
      page.append(chart.svg());
      legend(
          curves.stream()
              .map(
                  curve ->
                      String.format(
                          Locale.ROOT,
                          "%s %.2f",
                          curve.component().toLowerCase(Locale.ROOT).replace('_', ' '),
                          curve.relativeArea()))
              .toList(),
          's');
      both(
          "数字为相对面积：1 表示该项毫无用处，越小越好。",
          "The number is the relative area: 1 where a component tells nothing, less is better.");
    }
    page.append("</div>");
  }

  private void limits(EvaluationReport report) {
    heading("这些数字说明什么，不说明什么", "What these figures show, and what they do not");
    if (report.ground().outcome().equals("NO_NATURAL_PERSON")) {
      both(
          "照片中是合成人脸：结果说明程序能够运行，不说明真人上的错误率。",
          "The faces are synthetic: this shows that the program works, and says nothing about error"
              + " rates on people.");
    }
    both(
        "%,d 对不同人：低于约 %.0e 的误匹配率无从得知（30 次规则）。"
            .formatted(report.impostorPairs(), 30.0 / report.impostorPairs()),
        "%,d impostor pairs: a false-match rate below about %.0e is not known from them (rule of 30)."
            .formatted(report.impostorPairs(), 30.0 / report.impostorPairs()));
    both(
        "95 % 威尔逊区间把各对视为独立；共用照片的对并不独立，实际不确定性更大。",
        "The 95 % Wilson intervals take pairs for independent; pairs that share a photo are not, so"
            + " the true uncertainty is larger.");
    both(
        "照片集不是你的门口：光线、相机、年龄和人群不同，错误率就不同。请用自己已获同意的数据重测。",
        "This set is not your door: light, camera, age and people change the rates. Measure again"
            + " with data of your own whose people consented.");
  }

  private void heading(String zh, String en) {
    page.append("<h2>")
        .append(text(zh))
        .append(" <span lang=\"en\">")
        .append(en)
        .append("</span></h2>");
  }

  private void both(String zh, String en) {
    page.append("<p>").append(text(zh)).append("</p><p lang=\"en\">");
    page.append(text(en)).append("</p>");
  }

  /// @param kind `s` for lines, `a` for areas
  private void legend(List<String> names, char kind) {
    page.append("<p class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      page.append("<span><svg viewBox=\"0 0 32 11\" aria-hidden=\"true\">")
          .append(
              kind == 's'
                  ? "<polyline class=\"s%d\" points=\"0,6 32,6\"/>".formatted(i)
                  : "<polygon class=\"a%d\" points=\"1,1 31,1 31,10 1,10\"/>".formatted(i))
          .append("</svg>")
          .append(text(names.get(i)))
          .append("</span>");
    }
    page.append("</p>");
  }

  /// @param cells of a row, as HTML
  private void cells(String... cells) {
    page.append("<tr>");
    for (String cell : cells) page.append("<td>").append(cell).append("</td>");
    page.append("</tr>");
  }

  private static String share(Share share) {
    return String.format(
        Locale.ROOT,
        "%.4f <small>[%.4f, %.4f] %,d / %,d</small>",
        share.rate(),
        share.low(),
        share.high(),
        share.errors(),
        share.trials());
  }
}
