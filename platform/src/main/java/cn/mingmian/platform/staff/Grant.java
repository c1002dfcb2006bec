package cn.mingmian.platform.staff;

import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Roles that somebody is to have instead of those before, from another hand's approval on.
/// Immutable.
///
/// @param until when they end by themselves; an inspector's always do
public record Grant(
    String id,
    StaffId staff,
    String name,
    Set<Role> roles,
    Optional<Instant> until,
    Actor author,
    Instant writtenAt,
    Optional<Actor> approver,
    Optional<Instant> approvedAt) {
  public Grant {
    roles = Set.copyOf(roles);
  }
}
