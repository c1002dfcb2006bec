package cn.mingmian.law.deadlines;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// The working days of one year. Immutable: nothing writes to the bits after `of`.
final class YearTable {
  private final int year;
  private final BitSet working;
  private final List<Notice> notices;

  private YearTable(int year, BitSet working, List<Notice> notices) {
    this.year = year;
    this.working = working;
    this.notices = notices;
  }

  static YearTable of(int year, Set<LocalDate> off, Set<LocalDate> work, List<Notice> notices) {
    BitSet working = mondaysToFridays(year);
    for (LocalDate day : off) working.clear(day.getDayOfYear());
    for (LocalDate day : work) working.set(day.getDayOfYear());
    return new YearTable(year, working, notices);
  }

  /// What is left to count by when the year's notice is missing.
  static YearTable unpublished(int year) {
    return new YearTable(year, mondaysToFridays(year), List.of());
  }

  private static BitSet mondaysToFridays(int year) {
    int length = Year.of(year).length();
    BitSet working = new BitSet(length + 1);
    for (int day = 1; day <= length; day++) {
      DayOfWeek weekday = LocalDate.ofYearDay(year, day).getDayOfWeek();
      if (weekday.compareTo(DayOfWeek.SATURDAY) < 0) working.set(day);
    }
    return working;
  }

  int year() {
    return year;
  }

  List<Notice> notices() {
    return notices;
  }

  boolean isWorking(int dayOfYear) {
    return working.get(dayOfYear);
  }

  /// The next working day after `dayOfYear` in this year, or -1.
  int nextWorking(int dayOfYear) {
    return working.nextSetBit(dayOfYear + 1);
  }
}
