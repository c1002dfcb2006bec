package cn.mingmian.platform.permit;

import cn.mingmian.law.Finding;
import java.util.List;

/// The law does not allow it, or not enough was established. Nothing was done. Immutable.
public record Refusal(Decided decided) implements Answer {
  /// Every rule that stands in the way, hardest law first, with why and what would cure it.
  public List<Finding> findings() {
    return decided.violated();
  }

  @Override
  public String toString() {
    return "Refusal[%s]".formatted(decided);
  }
}
