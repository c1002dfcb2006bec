package cn.mingmian.platform.requests;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// What a person asked for, as it stands.
///
/// @param text in the person's own words
/// @param minor the person was under 18 when they asked: a refusal is in writing in any case
/// @param due last day for the answer, in Beijing time
/// @param openedAt when a member of staff first looked at it
public record Request(
    String id,
    PersonId person,
    Kind kind,
    String text,
    boolean minor,
    Instant receivedAt,
    LocalDate due,
    Optional<Instant> openedAt,
    Optional<Actor> openedBy,
    Optional<Answer> answer) {

  /// law| PIPL/44 to 48: what people may ask for.
  public enum Kind {
    /// To see and copy what is held.
    ACCESS,
    CORRECT,
    DELETE,
    /// To keep it and not use it.
    RESTRICT,
    /// To do without the face from now on.
    REFUSE,
    /// law| PIPL/48: why and how.
    EXPLAIN,
    /// law| PIPL/24: against what a machine answered; a person decides anew.
    OBJECT
  }

  /// @param granted for an objection: the machine was wrong
  /// @param reason what was done, or why not; in writing either way
  public record Answer(boolean granted, Bilingual reason, Actor by, Instant at) {}

  public boolean overdue(LocalDate today) {
    return answer.isEmpty() && today.isAfter(due);
  }
}
