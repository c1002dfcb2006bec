package cn.mingmian.law.rules;

import cn.mingmian.law.facts.Verb;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A duty that a rule imposes. Immutable.
///
/// @param verbs  at which verbs
/// @param with  with which outcome
/// @param scope  when it arises there, in words; null for always
/// @param arises  the same as a condition
/// @param due  by when; null for what has no date
public record DutyRule(
    DutyKind kind,
    Set<Verb> verbs,
    With with,
    @Nullable Text scope,
    Predicate<Situation> arises,
    Function<Situation, @Nullable DueBy> due) {
  /// With which outcome a duty arises.
  public enum With {
    PERMIT,
    REFUSAL,
    ANY_OUTCOME
  }
}
