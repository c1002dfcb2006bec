package cn.mingmian.platform.staff;

import java.time.Instant;

/// A member of staff who is logged in. Immutable.
///
/// @param id        stands for the session where it is listed; not the secret of the cookie
/// @param account   as it is now: a role that was taken away is gone with the next request
/// @param guard     must come back with everything that changes something (against CSRF)
/// @param provedAt  when password and second factor were last shown
public record Session(String id, Account account, String guard, Instant begunAt, Instant provedAt) {
  /// Whether password and second factor were shown so lately that dangerous acts are open.
  public boolean freshAt(Instant now) {
    return now.isBefore(provedAt.plus(Logins.FRESH_FOR));
  }
}
