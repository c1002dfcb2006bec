package cn.mingmian.platform.records;

/// An id of the wrong kind or shape.
public final class MalformedIdException extends RecordException {
  private static final long serialVersionUID = 1L;

  MalformedIdException(String prefix, String id) {
    super(
        "malformed-id",
        "id `%s` is not of the form `%s_` and 26 characters"
            .formatted(id.length() > 64 ? id.substring(0, 64) + "…" : id, prefix));
  }
}
