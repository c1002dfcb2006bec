package cn.mingmian.ledger;

import java.io.IOException;

/// Entries could not be made durable, and are not acknowledged. The log stands where it stood.
public final class LogWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean reopenFirst;

  LogWriteException(String what, IOException cause, boolean reopenFirst) {
    super(what, cause);
    this.reopenFirst = reopenFirst;
  }

  /// Whether the log takes nothing more until it is opened anew: the checkpoint's own replacement
  /// failed half-way, and only a fresh look at the disk tells which one holds. Otherwise the same
  /// call may simply be repeated, for instance once there is room on the disk.
  public boolean reopenFirst() {
    return reopenFirst;
  }
}
