package cn.mingmian.law.deadlines;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// When a clock runs out. Immutable.
///
/// @param notices  the holiday notices counted by, for the evidence; empty for other clocks
public record Due(Clock clock, Start from, End end, Certainty certainty, List<Notice> notices) {
  public Due {
    notices = List.copyOf(notices);
  }

  /// The end of the period.
  public sealed interface End {
    /// A last day: the period is over when it ends in Asia/Shanghai.
    record LastDay(LocalDate date) implements End {}

    /// A last instant, for clocks of hours.
    record Until(Instant instant) implements End {}
  }

  /// Whether a later notice can still move the end.
  public sealed interface Certainty {
    /// Nothing published later moves it.
    record Final() implements Certainty {}

    /// It rests on years whose holidays are unpublished or not loaded; ask again when they are.
    ///
    /// @param missing  those years, never empty
    record Provisional(SortedSet<Integer> missing, Bilingual why) implements Certainty {
      public Provisional {
        if (missing.isEmpty())
          throw new IllegalArgumentException("a provisional date misses no year");
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
      }
    }
  }

  public boolean isFinal() {
    return certainty instanceof Certainty.Final;
  }

  /// The day in Asia/Shanghai on which the period ends, whatever it is counted in.
  public LocalDate lastDay() {
    return switch (end) {
      case End.LastDay(LocalDate date) -> date;
      case End.Until(Instant instant) -> instant.atZone(Start.SHANGHAI).toLocalDate();
    };
  }

  /// Whether the period is over at `now`: after the last day has ended in Asia/Shanghai, or after
  /// the last instant.
  public boolean isOver(Instant now) {
    return switch (end) {
      case End.LastDay(LocalDate date) ->
          !now.isBefore(date.plusDays(1).atStartOfDay(Start.SHANGHAI).toInstant());
      case End.Until(Instant instant) -> now.isAfter(instant);
    };
  }

  /// `2025-07-15`, or for hours `2026-03-11T21:40:00+08:00`.
  public String text() {
    return switch (end) {
      case End.LastDay(LocalDate date) -> date.toString();
      case End.Until(Instant instant) ->
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(Start.SHANGHAI));
    };
  }
}
