package cn.mingmian.law.deadlines;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/// When the event happened that starts a clock: a day of Asia/Shanghai, or an instant. Immutable.
public sealed interface Start {
  /// The zone in which the law counts its days.
  ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /// Earliest and latest years that are taken for real.
  int FIRST_YEAR = 1949;

  int LAST_YEAR = 2999;

  Instant EARLIEST = LocalDate.of(FIRST_YEAR, 1, 1).atStartOfDay(SHANGHAI).toInstant();

  Instant BEHIND_LATEST = LocalDate.of(LAST_YEAR + 1, 1, 1).atStartOfDay(SHANGHAI).toInstant();

  /// Characters of a written day, such as `2025-06-03`.
  int DAY_LENGTH = 10;

  /// A day of Asia/Shanghai.
  record Day(LocalDate date) implements Start {
    public Day {
      checkYear(date);
    }
  }

  /// An instant; a clock of days takes its Shanghai date, a clock of hours the instant itself.
  record Moment(Instant instant) implements Start {
    public Moment {
      if (instant.isBefore(EARLIEST) || !instant.isBefore(BEHIND_LATEST)) {
        throw outOfRange(instant.toString());
      }
    }
  }

  /// The day of Asia/Shanghai on which it happened.
  default LocalDate day() {
    return switch (this) {
      case Day(LocalDate date) -> date;
      case Moment(Instant instant) -> instant.atZone(SHANGHAI).toLocalDate();
    };
  }

  /// @throws BadStartException outside the years 1949 to 2999
  static Start of(LocalDate date) {
    return new Day(date);
  }

  /// @throws BadStartException outside the years 1949 to 2999
  static Start of(Instant instant) {
    return new Moment(instant);
  }

  /// Reads `2025-06-03` as a Shanghai day, `2025-06-03T21:40:00+08:00` (any offset) as an instant.
  ///
  /// @throws BadStartException for anything else
  static Start parse(String text) {
    try {
      if (text.length() == DAY_LENGTH) return of(LocalDate.parse(text));
      return of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
      throw new BadStartException(
          "`%s` is neither a date nor a date-time with offset: expected one like `2025-06-03` or `2025-06-03T09:00:00+08:00`"
              .formatted(shown));
    }
  }

  private static void checkYear(LocalDate date) {
    if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR)
      throw outOfRange(date.toString());
  }

  private static BadStartException outOfRange(String start) {
    return new BadStartException(
        "`%s` is out of range: expected a year from %d to %d in Shanghai"
            .formatted(start, FIRST_YEAR, LAST_YEAR));
  }
}
