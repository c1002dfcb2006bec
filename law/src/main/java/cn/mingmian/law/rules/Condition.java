package cn.mingmian.law.rules;

import cn.mingmian.law.facts.Truth;

/// One question to a situation, answered yes, no, or not established.
@FunctionalInterface
public interface Condition {
  /// Holds in every situation.
  Condition ALWAYS = situation -> Truth.YES;

  Truth in(Situation situation);
}
