package cn.mingmian.ledger;

/// A checkpoint with the note that signs it. Immutable.
///
/// Reading one proves nothing; [SignedNote#verify] on its note does.
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
  public SignedCheckpoint {
    if (!Checkpoint.parse(note.text()).equals(checkpoint)) {
      throw new IllegalArgumentException("the note is of another checkpoint");
    }
  }

  /// @throws MalformedNoteException if the bytes are no signed note of a checkpoint
  public static SignedCheckpoint parse(byte[] note) {
    SignedNote signed = SignedNote.parse(note);
    return new SignedCheckpoint(Checkpoint.parse(signed.text()), signed);
  }

  public long size() {
    return checkpoint.size();
  }

  /// The file `checkpoint`, and the end of every receipt.
  public byte[] bytes() {
    return note.bytes();
  }
}
