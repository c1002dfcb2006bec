package cn.mingmian.platform.records;

/// The records refuse this content or this hand: an approval by the author, a device in a private
/// space, a field that lacks. The code says which.
public final class RejectedRecordException extends RecordException {
  private static final long serialVersionUID = 1L;

  public RejectedRecordException(String code, String message) {
    super(code, message);
  }

  /// law| MEASURES-2025/9.2: an assessment counts when somebody else than its author approved it.
  public static void refuseSameHand(Actor author, Actor approver) {
    if (approver.isSystem()) {
      throw new RejectedRecordException(
          "approver-is-no-person",
          "`%s` is a part of the program and approves nothing".formatted(approver));
    }
    if (author.equals(approver)) {
      throw new RejectedRecordException(
          "author-is-approver",
          "`%s` wrote this: another person must approve it".formatted(author));
    }
  }
}
