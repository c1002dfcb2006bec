package cn.mingmian.law.deadlines;

/// What a day is for a working-day clock.
public enum DayKind {
  /// Monday to Friday that is no day off, or a make-up Saturday or Sunday.
  WORKING,
  /// A day off by notice, or a weekend that is not made up.
  OFF,
  /// The calendar holds no notice for the year of this day: nobody can say.
  UNPUBLISHED
}
