package cn.mingmian.ledger;

/// An entry was to be appended where the log already holds another one. The log keeps the first.
public final class LogForkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long index;

  LogForkException(long index, Hash held, Hash offered) {
    super(
        "entry %d is in the log already with other bytes: leaf hash `%s`, offered `%s`"
            .formatted(index, held, offered));
    this.index = index;
  }

  /// The first entry that differs.
  public long index() {
    return index;
  }
}
