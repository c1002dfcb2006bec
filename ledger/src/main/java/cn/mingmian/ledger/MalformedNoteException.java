package cn.mingmian.ledger;

/// Text that should be a signed note, a checkpoint, a proof file or a key is not one.
public final class MalformedNoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  MalformedNoteException(String what) {
    super(what);
    this.what = what;
  }

  /// What is wrong, in one sentence.
  public String what() {
    return what;
  }
}
