package cn.mingmian.law.facts;

/// What is known of a fact: it is so, it is not so, or nobody has shown either (Kleene's logic).
///
/// The order is that of what a processor may lean on: `and` is the smaller, `or` the greater.
public enum Truth {
  NO,
  UNKNOWN,
  YES;

  public static Truth of(boolean value) {
    return value ? YES : NO;
  }

  public Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public Truth not() {
    return switch (this) {
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
      case YES -> NO;
    };
  }

  /// Established: shown to be so.
  public boolean isYes() {
    return this == YES;
  }

  /// Denied: shown not to be so.
  public boolean isNo() {
    return this == NO;
  }
}
