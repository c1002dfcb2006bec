package cn.mingmian.platform.purposes;

import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// One version of a purpose.
///
/// @param version counts from 1
/// @param approver who approved it; it counts from then on
/// @param endedAt when the whole purpose ended
public record Purpose(
    PurposeId id,
    int version,
    Terms terms,
    Actor author,
    Instant draftedAt,
    Optional<Actor> approver,
    Optional<Instant> approvedAt,
    Optional<Instant> endedAt) {
  /// Approved and not ended.
  public boolean inForce() {
    return approvedAt.isPresent() && endedAt.isEmpty();
  }
}
