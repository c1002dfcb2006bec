package cn.mingmian.platform.agenda;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Finding;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.deadlines.Due;
import cn.mingmian.law.facts.FilingStatus;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.assessment.Assessment;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.assessment.Assessments.Change;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.filing.FilingState;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.orders.Orders;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Tasks;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.Sign;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.setup.SetupDrafts;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The door to what is to be done. Thread-safe.
public final class Agenda {
  /// Checkpoints that are put to the law each time; those whose device is not on come first.
  public static final int EXAMINED_AT_MOST = 50;

  private static final Period SIGN_AHEAD = Period.ofDays(14);
  private static final Period TEST_AHEAD = Period.ofDays(60);
  private static final Period FORECAST_AHEAD = Period.ofDays(90);

  private final Books books;
  private final Records records;
  private final Deadlines deadlines;

  /// What it reads from.
  public record Records(
      Statements statements,
      Purposes purposes,
      Places places,
      People people,
      Orders orders,
      Notices notices,
      Assessments assessments,
      Controls controls,
      Filing filing,
      Permits permits,
      Tasks tasks,
      SetupDrafts setups) {}

  public Agenda(Books books, Records records, Deadlines deadlines) {
    this.books = books;
    this.records = records;
    this.deadlines = deadlines;
  }

  /// What is to be done now.
  ///
  /// @param points   the most urgent first
  /// @param examined how many checkpoints were put to the law
  /// @param left     how many were not, because there are too many; each has its own page
  public record Today(LocalDate day, List<Point> points, int examined, int left) {
    public Today {
      points = List.copyOf(points);
    }
  }

  /// Everything that is to be done, of all records.
  public Today today() {
    LocalDate today = books.today();
    List<Checkpoint> checkpoints = checkpoints();
    int examined = Math.min(EXAMINED_AT_MOST, checkpoints.size());

    List<Point> points = new ArrayList<>();
    points.addAll(duties());
    points.addAll(filing(today));
    points.addAll(assessments(checkpoints));
    for (Checkpoint checkpoint : checkpoints.subList(0, examined)) {
      points.addAll(openPoints(checkpoint));
    }
    points.addAll(protections());
    points.addAll(deviceTests(today));
    points.addAll(signs(today));
    points.addAll(erasures());
    points.addAll(approvals());
    points.sort(Point.BY_URGENCY);
    return new Today(today, points, examined, checkpoints.size() - examined);
  }

  /// What stands between a checkpoint and the lawful use of its device: every violated rule of
  /// `DEPLOY`, hardest law first; empty means that it may be, or stay, switched on.
  public List<Point> openPoints(Checkpoint checkpoint) {
    Decision decision =
        records.permits().foresee(Question.deploy(checkpoint.purpose(), checkpoint.id()));
    // Several rules often want the same thing: it is one point, with all of them.
    Map<String, List<Finding>> byRemedy = new LinkedHashMap<>();
    for (Finding finding : decision.violations()) {
      byRemedy.computeIfAbsent(finding.remedy().zh(), r -> new ArrayList<>()).add(finding);
    }
    return byRemedy.values().stream()
        .map(
            findings ->
                new Point(
                    Point.Kind.OPEN_POINT,
                    checkpoint.id().value(),
                    text(findings.getFirst().remedy()),
                    at(checkpoint.name(), text(findings.getFirst().why())),
                    findings.stream().map(f -> f.rule().id()).toList(),
                    Optional.empty(),
                    true))
        .toList();
  }

  /// Those whose device waits to be switched on first, the newest of them before the others; those
  /// of a removed device not at all.
  private List<Checkpoint> checkpoints() {
    Map<DeviceId, FaceDevice.State> states =
        records.places().devices().stream()
            .collect(Collectors.toMap(FaceDevice::id, FaceDevice::state));
    return records.places().checkpoints().reversed().stream()
        .filter(c -> states.get(c.device()) != FaceDevice.State.REMOVED)
        .sorted(Comparator.comparing(c -> states.get(c.device()) == FaceDevice.State.SWITCHED_ON))
        .toList();
  }

  private List<Point> duties() {
    return records.tasks().open().stream()
        .map(
            task ->
                new Point(
                    Point.Kind.DUTY,
                    task.id(),
                    text(DutyKind.valueOf(task.kind()).words()),
                    new Bilingual("决定 " + task.decision() + " 要求", "decision " + task.decision()),
                    List.of(task.rule()),
                    // A moment is due on its day.
                    task.due().map(due -> LocalDate.parse(due.substring(0, 10))),
                    false))
        .toList();
  }

  private List<Point> filing(LocalDate today) {
    FilingState state = records.filing().state();
    if (state.status() == FilingStatus.NONE && state.due().isPresent()) {
      Due due = state.due().get();
      // law| MEASURES-2025/15.1: within 30 working days of reaching 100,000 persons.
      return List.of(
          new Point(
              Point.Kind.FILING,
              "filing",
              new Bilingual("向省级以上网信部门备案", "file with the provincial cyberspace administration"),
              new Bilingual(
                  "%s 达到 %,d 人".formatted(due.from().day(), Filing.THRESHOLD),
                  "%,d persons were reached on %s".formatted(Filing.THRESHOLD, due.from().day())),
              List.of("MEASURES-2025/15.1"),
              Optional.of(due.lastDay()),
              false));
    }
    return records
        .filing()
        .forecast()
        .filter(on -> !on.isAfter(today.plus(FORECAST_AHEAD)))
        .map(
            on ->
                new Point(
                    Point.Kind.FILING,
                    "filing",
                    new Bilingual("准备备案材料", "prepare the filing dossier"),
                    new Bilingual(
                        "现有 %,d 人，按近三十天的增长约 %s 达到 %,d 人"
                            .formatted(state.storedPersons(), on, Filing.THRESHOLD),
                        "%,d persons now; at the pace of the last thirty days %,d are reached about %s"
                            .formatted(state.storedPersons(), Filing.THRESHOLD, on)),
                    List.of("MEASURES-2025/15.1"),
                    Optional.of(on),
                    false))
        .stream()
        .toList();
  }

  private List<Point> assessments(List<Checkpoint> checkpoints) {
    record Assessed(Checkpoint first, Assessment assessment) {}
    Map<String, Assessed> standing = new LinkedHashMap<>();
    for (Checkpoint c : checkpoints) {
      String key = c.purpose() + " " + c.zone();
      if (standing.containsKey(key)) continue;
      records
          .assessments()
          .standing(c.purpose(), c.zone())
          .ifPresent(a -> standing.put(key, new Assessed(c, a)));
    }
    List<Point> points = new ArrayList<>();
    for (Assessed of : standing.values()) {
      Assessment a = of.assessment;
      if (!a.changedSince() && !a.incidentSince()) continue;
      List<Change> drift = records.assessments().drift(a.id());
      String changes =
          drift.stream()
              .map(c -> "%s: %s → %s".formatted(c.name(), c.assessed(), c.now()))
              .collect(Collectors.joining("; "));
      points.add(
          new Point(
              Point.Kind.ASSESSMENT,
              a.id().value(),
              new Bilingual("重新进行影响评估并由另一人批准", "assess anew, approved by another person"),
              at(
                  of.first.name(),
                  a.incidentSince()
                      ? new Bilingual("评估批准后发生重大安全事件", "a major incident came after the approval")
                      : new Bilingual(
                          "配置已偏离评估时的状态：" + changes,
                          "the configuration has left what was assessed: " + changes)),
              List.of("MEASURES-2025/9.4"),
              Optional.empty(),
              true));
    }
    return points;
  }

  private List<Point> protections() {
    return records.controls().states().stream()
        .filter(state -> !state.working())
        .map(Agenda::protection)
        .toList();
  }

  private static Point protection(ControlState state) {
    return new Point(
        Point.Kind.PROTECTION,
        state.family().name(),
        new Bilingual("恢复安全措施并重新自检", "restore the protection and check it again"),
        new Bilingual(state.family() + "：" + state.why(), state.family() + ": " + state.why()),
        List.of("MEASURES-2025/14.1"),
        Optional.empty(),
        true);
  }

  private List<Point> deviceTests(LocalDate today) {
    List<Point> points = new ArrayList<>();
    for (FaceDevice device : records.places().devices()) {
      if (device.state() == FaceDevice.State.REMOVED || device.lastTested().isEmpty()) continue;
      // law| DRAFT-2023/19: every device is tested each year, and its thresholds with it.
      LocalDate due = deadlines.due("DRAFT-2023/19", device.lastTested().get()).lastDay();
      if (due.isAfter(today.plus(TEST_AHEAD))) continue;
      points.add(
          new Point(
              Point.Kind.DEVICE_TEST,
              device.id().value(),
              new Bilingual(
                  "进行年度安全检测并复核阈值", "test the device for security and review its threshold"),
              at(
                  device.name(),
                  new Bilingual(
                      "上次检测 " + device.lastTested().get(),
                      "last tested on " + device.lastTested().get())),
              List.of("DRAFT-2023/19"),
              Optional.of(due),
              false));
    }
    return points;
  }

  private List<Point> signs(LocalDate today) {
    List<Point> points = new ArrayList<>();
    List<SiteZoneId> zones =
        records.places().devices().stream()
            .filter(d -> d.state() != FaceDevice.State.REMOVED)
            .map(FaceDevice::zone)
            .distinct()
            .toList();
    for (SiteZoneId zone : zones) {
      // What no longer counts as hanging is an open point of its checkpoint already.
      records.places().signs(zone).stream()
          .filter(Sign::inPlace)
          .max(Comparator.comparing(Sign::lastCheckedAt))
          .ifPresent(
              sign -> {
                LocalDate due =
                    LocalDate.ofInstant(
                        sign.lastCheckedAt().plus(Places.SIGN_CHECKED_WITHIN).minusNanos(1),
                        Books.SHANGHAI);
                if (due.isBefore(today) || due.isAfter(today.plus(SIGN_AHEAD))) return;
                points.add(
                    new Point(
                        Point.Kind.SIGN,
                        sign.id(),
                        new Bilingual("到现场查看提示标识", "go and look whether the sign still hangs"),
                        at(
                            sign.position(),
                            new Bilingual("九十天内须查看一次", "a sign is looked at every ninety days")),
                        List.of("MEASURES-2025/13.1"),
                        Optional.of(due),
                        false));
              });
    }
    return points;
  }

  private List<Point> erasures() {
    long unfinished = records.people().unfinishedErasures().size();
    if (unfinished == 0) return List.of();
    return List.of(
        new Point(
            Point.Kind.ERASURE,
            "unfinished",
            new Bilingual("完成未完成的删除", "finish the erasures that were begun"),
            new Bilingual(
                unfinished + " 份模板正在删除", "templates that are being destroyed: " + unfinished),
            List.of("PIPL/47"),
            Optional.of(books.today()),
            false));
  }

  private List<Point> approvals() {
    List<Point> points = new ArrayList<>();
    records
        .setups()
        .waiting()
        .forEach(
            draft -> {
              String where = draft.answers().site() + " · " + draft.answers().gate();
              points.add(
                  approval(draft.id(), "场所：", "set-up: ", new Bilingual(where, where), "PIPL/55"));
            });
    records
        .purposes()
        .all()
        .forEach(
            p -> {
              if (p.approvedAt().isPresent() || p.endedAt().isPresent()) return;
              points.add(
                  approval(p.id().value(), "目的：", "purpose: ", p.terms().statement(), "PIPL/55"));
            });
    records
        .statements()
        .waiting()
        .forEach(
            s ->
                points.add(
                    approval(
                        s.id(),
                        "陈述：",
                        "statement: ",
                        new Bilingual(s.topic() + " " + s.subject(), s.topic() + " " + s.subject()),
                        "PIPL/51")));
    records
        .assessments()
        .waiting()
        .forEach(
            a ->
                points.add(
                    approval(
                        a.id().value(),
                        "影响评估：",
                        "assessment: ",
                        new Bilingual("第 " + a.version() + " 版", "version " + a.version()),
                        "MEASURES-2025/9.1")));
    records
        .notices()
        .waiting()
        .forEach(
            n ->
                points.add(
                    approval(
                        n.purpose() + "/" + n.version(),
                        "告知：",
                        "notice: ",
                        new Bilingual("第 " + n.version() + " 版", "version " + n.version()),
                        "MEASURES-2025/5.1")));
    records
        .orders()
        .all()
        .forEach(
            order -> {
              if (!order.draft().kind().needsApproval()
                  || order.approvedAt().isPresent()
                  || order.endedAt().isPresent()) return;
              String kind = order.draft().kind().name();
              points.add(
                  approval(
                      order.id().value(), "命令：", "order: ", new Bilingual(kind, kind), "PIPL/51"));
            });
    return points;
  }

  private static Point approval(String subject, String zh, String en, Bilingual of, String rule) {
    return new Point(
        Point.Kind.APPROVAL,
        subject,
        new Bilingual("由撰写人以外的人批准", "approve it, by another hand than its author's"),
        new Bilingual(zh + of.zh(), en + of.en()),
        List.of(rule),
        Optional.empty(),
        false);
  }

  private static Bilingual at(String name, Bilingual why) {
    return new Bilingual(name + "：" + why.zh(), name + ": " + why.en());
  }

  private static Bilingual text(Text text) {
    return new Bilingual(text.zh(), text.en());
  }
}
