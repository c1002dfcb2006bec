package cn.mingmian.law.deadlines;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// One clock of the law: which provision starts it, how long it runs and what its end means.
/// Immutable.
///
/// @param rule  its citation, such as `MEASURES-2025/15.1`
/// @param event  set where one provision has a clock for each of several events
/// @param transitions  fixed last days for what began before a given day, earliest bound first
/// @param verified  false where article or figure was not read in an official text; shown to users
/// @param what  what is to be done or kept, and from when the clock runs
public record Clock(
    String rule,
    Optional<Event> event,
    Period period,
    Meaning meaning,
    List<Transition> transitions,
    boolean verified,
    Bilingual what) {
  public Clock {
    transitions = List.copyOf(transitions);
  }

  /// Which of several events of one provision starts the clock.
  public enum Event {
    /// What was filed has changed in substance.
    CHANGE,
    /// The use of face recognition has ended.
    END
  }

  /// What the end of the period means.
  public enum Meaning {
    /// It must be done on the last day at the latest.
    ACT_BY,
    /// It must be done again on the last day at the latest.
    REPEAT_BY,
    /// It must be kept at least to the end of the last day.
    KEEP_UNTIL,
    /// It may not be done again before the period is over.
    NOT_BEFORE
  }

  /// What began before a day ends on a fixed one.
  ///
  /// @param before  the first day on which the ordinary period applies
  public record Transition(LocalDate before, LocalDate lastDay) {}
}
