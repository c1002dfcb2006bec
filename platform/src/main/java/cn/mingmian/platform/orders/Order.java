package cn.mingmian.platform.orders;

import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// An order as it stands.
///
/// @param enteredAt when it was entered; this cannot be chosen
public record Order(
    OrderId id,
    OrderDraft draft,
    Actor author,
    Instant enteredAt,
    Optional<Actor> approver,
    Optional<Instant> approvedAt,
    Optional<Instant> endedAt) {
  /// law| SPC-2021/6: what is claimed later is evidenced at the time, so nothing counts backwards.
  public boolean inForce(Instant at) {
    Instant begins = draft.from();
    if (draft.kind().needsApproval()) {
      if (approvedAt.isEmpty()) return false;
      if (approvedAt.get().isAfter(begins)) begins = approvedAt.get();
    }
    return !at.isBefore(begins)
        && draft.until().map(at::isBefore).orElse(true)
        && endedAt.map(at::isBefore).orElse(true);
  }
}
