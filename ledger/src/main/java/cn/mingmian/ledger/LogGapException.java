package cn.mingmian.ledger;

/// An entry was to be appended behind a hole. Append the missing ones first.
public final class LogGapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long expected;

  LogGapException(long expected, long offered) {
    super("the next entry is %d, offered was %d".formatted(expected, offered));
    this.expected = expected;
  }

  /// The index that the log would take next.
  public long expected() {
    return expected;
  }
}
