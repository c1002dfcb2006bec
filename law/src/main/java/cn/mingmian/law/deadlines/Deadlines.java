package cn.mingmian.law.deadlines;

import static cn.mingmian.law.deadlines.Clock.Meaning.ACT_BY;
import static cn.mingmian.law.deadlines.Clock.Meaning.KEEP_UNTIL;
import static cn.mingmian.law.deadlines.Clock.Meaning.NOT_BEFORE;
import static cn.mingmian.law.deadlines.Clock.Meaning.REPEAT_BY;
import static cn.mingmian.law.deadlines.Period.Unit.DAYS;
import static cn.mingmian.law.deadlines.Period.Unit.HOURS;
import static cn.mingmian.law.deadlines.Period.Unit.MONTHS;
import static cn.mingmian.law.deadlines.Period.Unit.WORKING_DAYS;
import static cn.mingmian.law.deadlines.Period.Unit.YEARS;

import cn.mingmian.law.deadlines.Clock.Event;
import cn.mingmian.law.deadlines.Clock.Meaning;
import cn.mingmian.law.deadlines.Clock.Transition;
import cn.mingmian.law.deadlines.Due.Certainty;
import cn.mingmian.law.deadlines.Due.End;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Every clock of the law that has a figure, and when it runs out.
///
/// ```
/// Deadlines.published().due("MEASURES-2025/15.1", LocalDate.of(2025, 6, 3)).text()   // 2025-07-15
/// ```
///
/// The day of the event never counts. A working-day clock that runs into a year without a holiday
/// notice counts every Monday to Friday of that year and takes two working days off for weekends
/// that may be worked there: such a date is provisional and never later than the final one will
/// be. A final date that waits for a notice cannot be made. Immutable.
public final class Deadlines {
  private static final Map<Key, Clock> CLOCKS = table();

  private final WorkingDays calendar;

  private Deadlines(WorkingDays calendar) {
    this.calendar = calendar;
  }

  /// By the notices that ship with this program.
  public static Deadlines published() {
    return new Deadlines(WorkingDays.published());
  }

  /// By a calendar that has further notices.
  public static Deadlines by(WorkingDays calendar) {
    return new Deadlines(calendar);
  }

  /// All clocks, in the order of their instruments.
  public static List<Clock> clocks() {
    return List.copyOf(CLOCKS.values());
  }

  public WorkingDays calendar() {
    return calendar;
  }

  /// @see #due(String, Optional, Start)
  public Due due(String rule, LocalDate from) {
    return due(rule, Optional.empty(), Start.of(from));
  }

  /// @see #due(String, Optional, Start)
  public Due due(String rule, Instant from) {
    return due(rule, Optional.empty(), Start.of(from));
  }

  /// When the clock of `rule` runs out that an event at `from` started.
  ///
  /// @param rule  a citation, such as `MEASURES-2025/15.1`
  /// @param event  for `DRAFT-2023/16.3` alone; none there means a change, the shorter period
  /// @throws UnknownDeadlineException if the provision has no clock, or none for this event
  /// @throws BadStartException if a clock of hours is given a day without a time
  public Due due(String rule, Optional<Event> event, Start from) {
    Clock clock = clock(rule, event);
    LocalDate day = from.day();
    int amount = clock.period().amount();
    for (Transition transition : clock.transitions()) {
      if (day.isBefore(transition.before())) return settled(clock, from, transition.lastDay());
    }
    return switch (clock.period().unit()) {
      case HOURS -> {
        Instant end = instantOf(clock, from).plus(Duration.ofHours(amount));
        yield new Due(clock, from, new End.Until(end), new Certainty.Final(), List.of());
      }
      case WORKING_DAYS -> inWorkingDays(clock, from, day, amount);
      case DAYS -> settled(clock, from, day.plusDays(amount));
      case MONTHS -> settled(clock, from, day.plusMonths(amount));
      case YEARS -> settled(clock, from, day.plusYears(amount));
    };
  }

  private static Clock clock(String rule, Optional<Event> event) {
    Clock clock = CLOCKS.get(new Key(rule, event));
    if (clock != null) return clock;
    // Without the event, the shorter period protects whoever has to act.
    if (event.isEmpty()) clock = CLOCKS.get(new Key(rule, Optional.of(Event.CHANGE)));
    if (clock != null) return clock;
    if (event.isPresent() && CLOCKS.containsKey(new Key(rule, Optional.empty()))) {
      throw new UnknownDeadlineException(
          "`%s` has one clock for every event, found event `%s`: leave the event out"
              .formatted(rule, event.get()));
    }
    String known =
        CLOCKS.keySet().stream().map(Key::rule).distinct().collect(Collectors.joining(", "));
    throw new UnknownDeadlineException(
        "no clock for `%s`: expected one of %s".formatted(rule, known));
  }

  private static Due settled(Clock clock, Start from, LocalDate lastDay) {
    return new Due(clock, from, new End.LastDay(lastDay), new Certainty.Final(), List.of());
  }

  private static Instant instantOf(Clock clock, Start from) {
    return switch (from) {
      case Start.Moment(Instant instant) -> instant;
      case Start.Day(LocalDate date) ->
          throw new BadStartException(
              "`%s` counts hours, found the day `%s`: expected a date-time with offset, like `%sT09:00:00+08:00`"
                  .formatted(clock.rule(), date, date));
    };
  }

  private Due inWorkingDays(Clock clock, Start from, LocalDate day, int amount) {
    WorkingDays.Counted counted = calendar.after(day, amount);
    Certainty certainty =
        counted.missing().isEmpty()
            ? new Certainty.Final()
            : new Certainty.Provisional(counted.missing(), why(counted));
    List<Notice> notices = new ArrayList<>();
    for (int year = day.getYear(); year <= counted.last().getYear(); year++) {
      notices.addAll(calendar.notices(year));
    }
    return new Due(clock, from, new End.LastDay(counted.last()), certainty, notices);
  }

  private static Bilingual why(WorkingDays.Counted counted) {
    SortedSet<Integer> missing = new TreeSet<>(counted.missing());
    String zh = missing.stream().map(String::valueOf).collect(Collectors.joining("、"));
    String en = missing.stream().map(String::valueOf).collect(Collectors.joining(", "));
    if (counted.shortened()) {
      return new Bilingual(
          "尚无%s年的放假安排：该年周一至周五均按工作日计算，并提前%d个工作日以防调休上班。载入国务院办公厅通知后须重新计算。"
              .formatted(zh, WorkingDays.SAFETY_MARGIN),
          "the holiday notice of %s is not known: every Monday to Friday is counted there, and %d working days are taken off in case weekends are worked; load the notice and ask again"
              .formatted(en, WorkingDays.SAFETY_MARGIN));
    }
    return new Bilingual(
        "尚无%s年的放假安排：该通知可能调整上一年十二月最后一周的休息日。载入国务院办公厅通知后须重新计算。".formatted(zh),
        "the holiday notice of %s is not known: it may change which days of the December before are worked; load the notice and ask again"
            .formatted(en));
  }

  private record Key(String rule, Optional<Event> event) {}

  private static Map<Key, Clock> table() {
    Map<Key, Clock> clocks = new LinkedHashMap<>();
    // law| FILING-NOTICE-2025: whoever had stored 100,000 persons before 1 June 2025 files by 14
    // July 2025.
    add(
        clocks,
        clock("MEASURES-2025/15.1", 30, WORKING_DAYS, ACT_BY)
            .before("2025-06-01", "2025-07-14")
            .what(
                "存储人脸信息达到10万人之日起，向省级以上网信部门备案",
                "file with the provincial cyberspace administration, from the day 100,000 persons are stored"));
    add(
        clocks,
        clock("MEASURES-2025/15.3", 30, WORKING_DAYS, ACT_BY)
            .what(
                "备案信息发生实质性变更之日起，办理变更备案",
                "file the change, from the day what was filed changes in substance"));
    add(
        clocks,
        clock("MEASURES-2025/15.4", 30, WORKING_DAYS, ACT_BY)
            .what(
                "终止应用人脸识别技术之日起，办理注销备案并依法处理人脸信息",
                "cancel the filing and lawfully dispose of the face information, from the day the use ends"));
    add(
        clocks,
        clock("MEASURES-2025/9.3", 3, YEARS, KEEP_UNTIL)
            .what("影响评估报告和处理情况记录的保存期限", "keep the assessment report and the processing records"));
    add(
        clocks,
        clock("DRAFT-2023/16.1", 30, WORKING_DAYS, ACT_BY)
            .what(
                "在公共场所使用或者存储超过1万人人脸信息起，备案（征求意见稿）",
                "file, from the first use in a public place or the day more than 10,000 persons are stored (draft)"));
    add(
        clocks,
        clock("DRAFT-2023/16.3", 20, WORKING_DAYS, ACT_BY)
            .on(Event.CHANGE)
            .what("备案信息发生实质性变更起，办理变更（征求意见稿）", "file the change of what was filed (draft)"));
    add(
        clocks,
        clock("DRAFT-2023/16.3", 30, WORKING_DAYS, ACT_BY)
            .on(Event.END)
            .what("终止使用人脸识别技术起，办理注销（征求意见稿）", "cancel the filing when the use ends (draft)"));
    add(
        clocks,
        clock("DRAFT-2023/15.3", 3, YEARS, KEEP_UNTIL)
            .what("影响评估报告的保存期限（征求意见稿）", "keep the assessment report (draft)"));
    add(
        clocks,
        clock("DRAFT-2023/19", 1, YEARS, REPEAT_BY)
            .what("图像采集、身份识别设备的安全检测评估（征求意见稿）", "test the security of the devices again (draft)"));
    // law| PIPO-NOTICE-2025: whoever had a million persons before 18 July 2025 reports by 29 August
    // 2025.
    add(
        clocks,
        clock("PIPL/52", 30, WORKING_DAYS, ACT_BY)
            .before("2025-07-18", "2025-08-29")
            .what(
                "处理个人信息达到100万人或者负责人变更之日起，向市级网信部门报送个人信息保护负责人信息",
                "report the protection officer to the city cyberspace administration, from the day a million persons are reached or the officer changes"));
    add(
        clocks,
        clock("PIPL/56", 3, YEARS, KEEP_UNTIL)
            .what("影响评估报告和处理情况记录的保存期限", "keep the assessment report and the processing records"));
    // law| VIDEO-REG/14: systems already in use on 1 April 2025 file within 90 days, by 30 June
    // 2025.
    add(
        clocks,
        clock("VIDEO-REG/14", 30, DAYS, ACT_BY)
            .before("2025-04-01", "2025-06-30")
            .what(
                "公共安全视频系统投入使用之日起，向县级公安机关备案",
                "file the camera system with the county police, from the day it is in use"));
    add(
        clocks,
        clock("VIDEO-REG/17", 30, DAYS, KEEP_UNTIL)
            .what(
                "公共安全视频图像信息的最短保存期限，不适用于人脸模板",
                "keep public-safety footage at least this long; never a reason to keep templates"));
    add(
        clocks,
        clock("NDSR/10", 24, HOURS, ACT_BY)
            .what(
                "发现涉及国家安全、公共利益的缺陷或者漏洞起，向主管部门报告",
                "report a flaw that touches state security or the public interest, from its discovery"));
    add(
        clocks,
        clock("NDSR/12", 3, YEARS, KEEP_UNTIL)
            .what(
                "向他人提供、委托处理个人信息记录的保存期限",
                "keep the records of providing or entrusting personal information"));
    add(
        clocks,
        clock("NDSR/22.5", 48, HOURS, NOT_BEFORE)
            .unverified()
            .what(
                "个人拒绝后再次征求同意的最短间隔（“频繁”的尺度取自GB/T 41819）",
                "ask a person again after a refusal; the measure of frequent is GB/T 41819's"));
    add(
        clocks,
        clock("GBT-41819/a", 48, HOURS, NOT_BEFORE)
            .unverified()
            .what("个人拒绝后再次提示的最短间隔", "prompt a person again after a refusal"));
    add(
        clocks,
        clock("MINOR-NET/37", 1, YEARS, REPEAT_BY)
            .what(
                "处理未成年人个人信息的年度合规审计",
                "audit the handling of minors' personal information again and report it"));
    add(
        clocks,
        clock("HOTEL/6", 24, HOURS, ACT_BY)
            .what("境外旅客入住登记后，向公安机关报送", "report a foreign guest to the police, from registration"));
    add(
        clocks,
        clock("CSL/21", 6, MONTHS, KEEP_UNTIL)
            .what("网络日志的最短保存期限", "keep network logs at least this long"));
    add(
        clocks,
        clock("AUDIT-2025/4", 2, YEARS, REPEAT_BY)
            .what(
                "处理超过1000万人个人信息的合规审计",
                "audit compliance again, where more than ten million persons are handled"));
    add(
        clocks,
        clock("AUDIT-2025/5", 15, WORKING_DAYS, ACT_BY)
            .unverified()
            .what(
                "按要求审计后完成整改起，报送整改情况报告",
                "report the rectification after an ordered audit, from its completion"));
    add(
        clocks,
        clock("GBT-35273/8.7", 30, DAYS, ACT_BY)
            .what("收到个人权利请求起，作出答复", "answer a person's request, from its receipt"));
    add(
        clocks,
        clock("PROPOSAL/27", 10, DAYS, ACT_BY)
            .unverified()
            .what(
                "物业投诉的答复期限（仅杭州市地方规定）",
                "answer a complaint about property service (a local rule of Hangzhou alone)"));
    return clocks;
  }

  private static void add(Map<Key, Clock> clocks, Clock clock) {
    if (clocks.put(new Key(clock.rule(), clock.event()), clock) != null) {
      throw new IllegalStateException("two clocks for `%s`".formatted(clock.rule()));
    }
  }

  private static Entry clock(String rule, int amount, Period.Unit unit, Meaning meaning) {
    return new Entry(rule, new Period(amount, unit), meaning);
  }

  private static final class Entry {
    private final String rule;
    private final Period period;
    private final Meaning meaning;
    private final List<Transition> transitions = new ArrayList<>();
    private Optional<Event> event = Optional.empty();
    private boolean verified = true;

    Entry(String rule, Period period, Meaning meaning) {
      this.rule = rule;
      this.period = period;
      this.meaning = meaning;
    }

    Entry on(Event started) {
      event = Optional.of(started);
      return this;
    }

    Entry before(String day, String lastDay) {
      transitions.add(new Transition(LocalDate.parse(day), LocalDate.parse(lastDay)));
      return this;
    }

    Entry unverified() {
      verified = false;
      return this;
    }

    Clock what(String zh, String en) {
      return new Clock(rule, event, period, meaning, transitions, verified, new Bilingual(zh, en));
    }
  }
}
