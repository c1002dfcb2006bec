package cn.mingmian.law.deadlines;

/// How long a clock runs. Immutable.
///
/// @param amount  at least 1
public record Period(int amount, Unit unit) {
  public Period {
    if (amount < 1)
      throw new IllegalArgumentException("period is `%d`: expected 1 or more".formatted(amount));
  }

  /// What is counted. All but hours run in whole days of Asia/Shanghai, and the day of the event
  /// does not count.
  public enum Unit {
    /// From the instant of the event, by wall time, nights and holidays included.
    HOURS("小时", "hour"),
    WORKING_DAYS("个工作日", "working day"),
    /// Calendar days. A last day that is a day off is not moved: acting earlier is always safe.
    DAYS("日", "day"),
    /// To the same day of a later month, or that month's last day where there is none.
    MONTHS("个月", "month"),
    /// To the same date of a later year, or 28 February where there is none.
    YEARS("年", "year");

    private final String zh;
    private final String en;

    Unit(String zh, String en) {
      this.zh = zh;
      this.en = en;
    }
  }

  /// Such as `30个工作日`, `30 working days`.
  public Bilingual inWords() {
    return new Bilingual(
        amount + unit.zh, "%d %s%s".formatted(amount, unit.en, amount == 1 ? "" : "s"));
  }
}
