package cn.mingmian.platform.controls;

import cn.mingmian.law.facts.Control;
import java.time.Instant;
import java.util.List;

/// One family as it stands.
///
/// @param working every check of it passed, none too long ago, and there is at least one
/// @param why in one line
public record ControlState(Control family, boolean working, String why, List<Check> checks) {
  public ControlState {
    checks = List.copyOf(checks);
  }

  /// The latest run of one check.
  public record Check(String name, boolean passed, String evidence, Instant at) {}
}
