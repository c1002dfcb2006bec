package cn.mingmian.ledger;

import java.util.List;

/// Checks receipts of one log, offline. Immutable.
public final class ReceiptVerifier {
  private final VerifierKey logKey;

  /// @param logKey the log's key, received on another way than the receipt; its name is the
  ///     log's origin
  public ReceiptVerifier(VerifierKey logKey) {
    this.logKey = logKey;
  }

  /// What a receipt says about an entry.
  public sealed interface Verdict {}

  /// These very bytes are entry `index` of the log that this checkpoint of its key describes.
  public record Proven(long index, Checkpoint checkpoint) implements Verdict {}

  /// The receipt proves nothing about these bytes.
  public record NotProven(String why) implements Verdict {}

  /// @param file the proof file as received
  /// @param entry the bytes that are claimed to be in the log
  public Verdict verify(byte[] file, byte[] entry) {
    Receipt receipt;
    try {
      receipt = Receipt.parse(file);
    } catch (MalformedNoteException e) {
      return new NotProven(e.what());
    }
    return verify(receipt, entry);
  }

  public Verdict verify(Receipt receipt, byte[] entry) {
    Checkpoint checkpoint = receipt.checkpoint().checkpoint();
    if (receipt.checkpoint().note().verify(List.of(logKey)) instanceof SignedNote.NotSigned not) {
      return new NotProven(not.why());
    }
    if (!checkpoint.origin().equals(logKey.name())) {
      return new NotProven(
          "receipt is of log `%s`, expected `%s`".formatted(checkpoint.origin(), logKey.name()));
    }
    InclusionProof proof = new InclusionProof(receipt.index(), checkpoint.size(), receipt.path());
    if (!proof.proves(entry, checkpoint.root())) {
      return new NotProven(
          "the proof does not lead from this entry at %d to the root `%s` of %d entries"
              .formatted(receipt.index(), checkpoint.root(), checkpoint.size()));
    }
    return new Proven(receipt.index(), checkpoint);
  }
}
