package cn.mingmian.platform.audit;

import java.time.Instant;

/// Whether what happens is being recorded where outsiders can check it.
///
/// @param since when it came into this state
/// @param detail why, in one line; empty while working
/// @param published entries in the log
public record AuditStatus(State state, Instant since, String detail, long published) {
  public enum State {
    /// Entries reach the log.
    WORKING,
    /// The log cannot be written or the database not be read; tried again by itself.
    FAILING,
    /// The log holds entries that the database does not know: a backup was restored. Faces are
    /// refused until `recover`.
    RECOVERY_NEEDED,
    /// Log and database tell different stories; nothing more is published.
    DIVERGED
  }

  public boolean working() {
    return state == State.WORKING;
  }
}
