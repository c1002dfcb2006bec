package cn.mingmian.platform.staff;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// One look at one person that a member of staff asks for. Immutable.
///
/// @param reason in the viewer's words; stays in the register
public record Viewing(
    String id,
    StaffId viewer,
    PersonId person,
    PurposeId purpose,
    String reason,
    Instant requestedAt,
    Optional<Actor> approver,
    Optional<Instant> approvedAt) {
  /// Whether it may be used at a moment.
  public boolean isOpenAt(Instant now) {
    return approvedAt.map(at -> now.isBefore(at.plus(Viewings.GOOD_FOR))).orElse(false);
  }
}
