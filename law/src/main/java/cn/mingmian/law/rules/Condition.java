package cn.mingmian.law.rules;

import cn.mingmian.law.facts.Truth;

/// One question to a situation, answered yes, no, or not established.
@FunctionalInterface
public interface Condition {
  Truth in(Situation situation);
}
