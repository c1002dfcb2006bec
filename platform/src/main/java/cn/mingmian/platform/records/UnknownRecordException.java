package cn.mingmian.platform.records;

/// Nothing is recorded under this id.
public final class UnknownRecordException extends RecordException {
  private static final long serialVersionUID = 1L;

  public UnknownRecordException(String kind, String id) {
    super("unknown-" + kind, "no %s `%s` is recorded".formatted(kind.replace('-', ' '), id));
  }
}
