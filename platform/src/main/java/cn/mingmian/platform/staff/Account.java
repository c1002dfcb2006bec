package cn.mingmian.platform.staff;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One member of staff as the records know them now. Immutable.
///
/// @param name     what they type to log in
/// @param roles    approved and in force; empty means that nothing is allowed
/// @param until    when the roles end by themselves
/// @param ready    has set a password and a second factor
/// @param endedAt  from then on nobody can log in with it, for good
public record Account(
    StaffId id,
    String name,
    Set<Role> roles,
    Optional<Instant> until,
    boolean ready,
    Instant createdAt,
    Optional<Instant> endedAt) {
  public Account {
    roles = Set.copyOf(roles);
  }

  /// Whether somebody may work with this account at a moment.
  public boolean worksAt(Instant now) {
    return ready && !roles.isEmpty() && endedAt.isEmpty() && until.map(now::isBefore).orElse(true);
  }
}
