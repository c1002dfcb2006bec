package cn.mingmian.law.rules;

import cn.mingmian.law.facts.FactsWriter;
import java.time.Instant;
import java.time.LocalDate;

/// By when a duty is to be done. Immutable.
public sealed interface DueBy {
  /// `2026-04-22`, or `2027-01-05T09:00:00+08:00`.
  String text();

  /// By the end of a Shanghai day.
  ///
  /// @param isFinal  false where it rests on holidays that are not published yet
  record Day(LocalDate date, boolean isFinal) implements DueBy {
    @Override
    public String text() {
      return date.toString();
    }
  }

  /// By an instant.
  record Moment(Instant instant) implements DueBy {
    @Override
    public String text() {
      return FactsWriter.text(instant);
    }
  }
}
