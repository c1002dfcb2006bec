package cn.mingmian.platform.records;

/// A write or read that the records do not accept; carries a stable code for callers outside the
/// program.
public abstract class RecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  protected RecordException(String code, String message) {
    super(message);
    this.code = code;
  }

  /// Stable, in `lower-case-with-hyphens`.
  public String code() {
    return code;
  }
}
