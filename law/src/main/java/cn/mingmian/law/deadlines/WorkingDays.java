package cn.mingmian.law.deadlines;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Working days of mainland China: Monday to Friday without the days off of the State Council's
/// notices, and the weekends that those notices have worked instead.
///
/// The notice of a year appears late in the year before. Until it is loaded, dates that depend on
/// it are provisional; see [Deadlines]. Immutable.
public final class WorkingDays {
  /// Days taken off a count that runs into an unpublished year, because up to two weekends may be
  /// worked there and bring the last day forward.
  static final int SAFETY_MARGIN = 2;

  // The notice for a year may move its New Year into the last week of the year before:
  // in 2018 it had 29 December worked and 31 December off.
  private static final int LAST_SETTLED_DAY_OF_DECEMBER = 24;

  private final NavigableMap<Integer, YearTable> tables;

  private WorkingDays(NavigableMap<Integer, YearTable> tables) {
    this.tables = tables;
  }

  /// The notices that ship with this program, from 2019 on.
  public static WorkingDays published() {
    return Published.CALENDAR;
  }

  /// This calendar with the years of one more file, which replace what was known of them: a notice
  /// may amend an earlier one, as in 2019 and 2020.
  ///
  /// The file is UTF-8 text; its first line is `date,day,holiday,notice,source`, then one line for
  /// each day off (`off`) and each weekend day made up (`work`), such as
  /// `2026-01-04,work,元旦,国办发明电〔2025〕7号,https://www.gov.cn/…`. Every year in it must be whole.
  ///
  /// @param file  its name, for messages
  /// @throws HolidayFileException with line and column, if anything in it cannot be believed
  public WorkingDays with(String file, byte[] csv) {
    NavigableMap<Integer, YearTable> more = new TreeMap<>(tables);
    for (YearTable table : HolidayFile.read(file, csv)) more.put(table.year(), table);
    return new WorkingDays(more);
  }

  /// This calendar as it stood before the notice of `year` was known.
  WorkingDays without(int year) {
    NavigableMap<Integer, YearTable> fewer = new TreeMap<>(tables);
    fewer.remove(year);
    return new WorkingDays(fewer);
  }

  /// The years whose notice is known.
  public SortedSet<Integer> years() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(tables.keySet()));
  }

  /// What the year's table rests on; empty when its notice is unknown.
  public List<Notice> notices(int year) {
    YearTable table = tables.get(year);
    return table == null ? List.of() : table.notices();
  }

  /// What `day` is; [DayKind#UNPUBLISHED] in a year whose notice is unknown, weekends included.
  public DayKind kindOf(LocalDate day) {
    YearTable table = tables.get(day.getYear());
    if (table == null) return DayKind.UNPUBLISHED;
    return table.isWorking(day.getDayOfYear()) ? DayKind.WORKING : DayKind.OFF;
  }

  /// The `count`-th working day after `start`, which itself never counts.
  Counted after(LocalDate start, int count) {
    Counted counted = walk(start, count);
    if (!counted.missing().isEmpty()) {
      return new Counted(
          walk(start, Math.max(0, count - SAFETY_MARGIN)).last(), counted.missing(), true);
    }
    LocalDate last = counted.last();
    boolean unsettled =
        last.getMonthValue() == 12
            && last.getDayOfMonth() > LAST_SETTLED_DAY_OF_DECEMBER
            && !tables.containsKey(last.getYear() + 1);
    if (unsettled) return new Counted(last, new TreeSet<>(List.of(last.getYear() + 1)), false);
    return counted;
  }

  private Counted walk(LocalDate start, int count) {
    SortedSet<Integer> missing = new TreeSet<>();
    // A count that starts on 31 December lies wholly in the next year.
    boolean atYearEnd = count > 0 && start.getMonthValue() == 12 && start.getDayOfMonth() == 31;
    int year = atYearEnd ? start.getYear() + 1 : start.getYear();
    int day = atYearEnd ? 0 : start.getDayOfYear();
    int left = count;
    YearTable table = tableOf(year, missing);
    while (left > 0) {
      int next = table.nextWorking(day);
      if (next < 0) {
        year++;
        day = 0;
        table = tableOf(year, missing);
      } else {
        day = next;
        left--;
      }
    }
    return new Counted(LocalDate.ofYearDay(year, day), missing, false);
  }

  private YearTable tableOf(int year, SortedSet<Integer> missing) {
    YearTable table = tables.get(year);
    if (table != null) return table;
    missing.add(year);
    return YearTable.unpublished(year);
  }

  /// @param last  the last day of the count
  /// @param missing  the years whose notices the answer still waits for
  /// @param shortened  the safety margin was taken off
  record Counted(LocalDate last, SortedSet<Integer> missing, boolean shortened) {}

  private static final class Published {
    private static final String RESOURCE = "holidays.csv";
    static final WorkingDays CALENDAR = new WorkingDays(new TreeMap<>()).with(RESOURCE, bytes());

    private static byte[] bytes() {
      try (InputStream in = WorkingDays.class.getResourceAsStream(RESOURCE)) {
        if (in == null)
          throw new IllegalStateException(
              "`%s` is missing from the law module".formatted(RESOURCE));
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
