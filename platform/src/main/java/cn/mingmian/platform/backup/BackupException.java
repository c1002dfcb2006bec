package cn.mingmian.platform.backup;

/// A backup cannot be made or put back as asked; nothing that was there is changed.
public final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
