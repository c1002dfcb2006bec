package cn.mingmian.law.rules;

import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that a rule asks. Immutable.
///
/// @param verbs  at which verbs it is asked
/// @param scope  when it is asked there, in words; null for always
/// @param applies  the same as a condition
/// @param needs  what must be so, as a clause
/// @param holds  the same as a condition
/// @param why  said when it is denied
/// @param remedy  what cures it
public record Requirement(
    Set<Verb> verbs,
    @Nullable Text scope,
    Condition applies,
    Text needs,
    Condition holds,
    Text why,
    Text remedy) {
  /// How a requirement stands in a situation.
  public enum Standing {
    /// It is not asked here.
    NOT_ASKED,
    /// What it asks is established.
    MET,
    /// What it asks is shown not to be so.
    DENIED,
    /// Nobody has shown what it asks; that counts against the processing.
    NOT_ESTABLISHED
  }

  /// Where it is unknown whether the requirement is asked at all, it is asked.
  public Standing in(Situation situation) {
    // The identity check spares most requirements a call.
    Truth asked = applies == Condition.ALWAYS ? Truth.YES : applies.in(situation);
    if (asked == Truth.NO) return Standing.NOT_ASKED;
    Truth met = holds.in(situation);
    if (met == Truth.YES) return Standing.MET;
    return asked == Truth.YES && met == Truth.NO ? Standing.DENIED : Standing.NOT_ESTABLISHED;
  }

  /// What is said when nobody has shown it either way.
  public Text whyNotEstablished() {
    return new Text(
        "没有材料证明：" + needs.zh() + "。不能证明的，不作有利于处理者的推定。",
        "Nothing on record shows that "
            + needs.en()
            + "; what is not shown counts against the processor.");
  }
}
