package cn.mingmian.law.facts;

/// In which direction a fact is unsafe: changed that way, it must never turn a refusal into a
/// permit. Of the first eight, losing the fact is worse too; the property tests are made from this.
public enum Unsafe {
  /// good when true: false is worse
  FALSE,
  /// bad when true: true is worse
  TRUE,
  /// a list of what is in order: fewer members are worse
  FEWER,
  /// a moment that must have come: a later one is worse
  LATER,
  /// a day that must be recent: an earlier one is worse
  EARLIER,
  /// a smaller number is worse
  LESS,
  /// a greater number is worse
  MORE,
  /// no order among its values: only losing it is worse
  LOST,
  /// absent means that it has not happened: only adding it is worse
  ADDED,
  /// no direction is worse: it chooses the law that is asked, or excuses one verb and burdens
  // another
  EITHER,
  /// evidence, which decides nothing
  NONE;

  /// Whether not knowing the fact is worse than any value of it.
  public boolean isWorseWhenLost() {
    return ordinal() <= LOST.ordinal();
  }
}
