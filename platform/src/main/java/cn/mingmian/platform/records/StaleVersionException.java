package cn.mingmian.platform.records;

/// Somebody else changed the record in between: read it again, then decide.
public final class StaleVersionException extends RecordException {
  private static final long serialVersionUID = 1L;

  private final int expected;
  private final int found;

  public StaleVersionException(String kind, String id, int expected, int found) {
    super(
        "stale-version",
        "%s `%s` is at version %d, this change was made from version %d: read it again"
            .formatted(kind.replace('-', ' '), id, found, expected));
    this.expected = expected;
    this.found = found;
  }

  public int expected() {
    return expected;
  }

  public int found() {
    return found;
  }
}
