package cn.mingmian.law;

import cn.mingmian.law.rules.DueBy;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Rule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must accompany or follow, by which rule, by when. Immutable.
///
/// @param by  null where the law gives no date
public record Duty(DutyKind kind, Rule rule, @Nullable DueBy by) {
  /// By when, where the law gives a date.
  public Optional<DueBy> due() {
    return Optional.ofNullable(by);
  }
}
