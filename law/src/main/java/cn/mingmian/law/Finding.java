package cn.mingmian.law;

import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Text;

/// What one rule says of one deed, with reasons. Immutable and shared: a finding never holds what
/// is particular to a person.
///
/// @param why  why it is refused, or what was asked and is met
/// @param remedy  what cures it, or what is to be done
public record Finding(Rule rule, Result result, Reason reason, Text why, Text remedy) {
  /// How the rule came out.
  public enum Result {
    VIOLATED,
    /// Met, and something follows from it.
    DUTY,
    SATISFIED
  }

  /// On what the result rests.
  public enum Reason {
    /// What the rule asks is shown.
    ESTABLISHED,
    /// What the rule asks is shown not to be so.
    DENIED,
    /// Nobody has shown what the rule asks; that counts against the processing.
    NOT_ESTABLISHED
  }
}
