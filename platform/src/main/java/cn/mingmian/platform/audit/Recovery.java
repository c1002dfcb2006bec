package cn.mingmian.platform.audit;

import java.util.Map;

/// What `recover` did for a restored database.
///
/// @param missed entries of the log that the database did not know
/// @param kinds how many of each kind
/// @param reapplied withdrawals and erasures that were done again
public record Recovery(long missed, Map<String, Integer> kinds, int reapplied) {
  public Recovery {
    kinds = Map.copyOf(kinds);
  }

  /// Does again what a later entry of the log tells, for one family of records.
  @FunctionalInterface
  public interface Reapply {
    /// Runs in the transaction of the recovery.
    ///
    /// @param tag of an entry that the database missed
    /// @return whether it was about one of these records
    boolean reapply(Kind kind, java.time.Instant at, Tag tag);
  }
}
