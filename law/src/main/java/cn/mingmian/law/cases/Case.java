package cn.mingmian.law.cases;

import cn.mingmian.law.Outcome;
import cn.mingmian.law.deadlines.Clock;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.rules.DutyKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One thing that must hold. Immutable.
public sealed interface Case {
  String id();

  /// The file it stands in.
  String file();

  /// A situation and what is expected of the rulebook.
  ///
  /// @param outcome  `PERMIT` agrees with either kind of permit
  /// @param cites  must all be among the violated rules
  /// @param notCites  must not
  /// @param duties  must all be among the duties' kinds
  /// @param notDuties  must not
  /// @param due  by when a duty of this kind must be due
  record OfDecision(
      String file,
      String id,
      Facts facts,
      Outcome outcome,
      List<String> cites,
      List<String> notCites,
      List<DutyKind> duties,
      List<DutyKind> notDuties,
      Map<DutyKind, String> due)
      implements Case {}

  /// A clock and when it must run out.
  ///
  /// @param from  a Shanghai date or a date-time with offset
  /// @param due  the last day, or an instant in any offset
  record OfClock(
      String file, String id, String deadline, Optional<Clock.Event> event, String from, String due)
      implements Case {}

  /// A case that cannot be read; it never agrees.
  record Unreadable(String file, String id, String fault) implements Case {}
}
