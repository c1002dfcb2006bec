package cn.mingmian.platform.permit;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Duty;
import cn.mingmian.law.Finding;
import cn.mingmian.platform.audit.EntryId;
import java.time.Instant;
import java.util.List;

/// A decision that was taken and logged. It gives nobody power; a [Permit] does, once. Immutable.
///
/// @param gathered the facts it rests on, and where each comes from
/// @param entry    of the log: commits to facts, sources and findings, and names the rulebook's
///     version
public record Decided(String id, Instant at, Decision decision, Gathered gathered, EntryId entry) {
  /// Every rule that stands in the way, hardest law first.
  public List<Finding> violated() {
    return decision.violations();
  }

  /// What must accompany or follow the deed.
  public List<Duty> duties() {
    return decision.duties();
  }

  /// Names the decision and the rules, and nothing about the person.
  @Override
  public String toString() {
    return "%s %s %s".formatted(id, decision.outcome(), decision.violated());
  }
}
