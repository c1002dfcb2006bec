package cn.mingmian.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A second key, kept by somebody else on another machine: it signs a checkpoint only after it has
/// hashed the whole log and found that it continues what it signed before (C2SP tlog-cosignature).
/// Whoever trusts the witness knows that everybody was shown the same log. Thread-safe.
public final class Witness implements Signer {
  private final Ed25519Signer key;
  private final Clock clock;

  /// @param key made for this; its name is the witness's own, never a log's
  public Witness(Ed25519Signer key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /// To be handed to whoever will rely on the witness.
  public VerifierKey verifierKey() {
    return VerifierKey.ofWitness(key.name(), key.verifierKey().key());
  }

  @Override
  public String name() {
    return key.name();
  }

  @Override
  public int keyId() {
    return verifierKey().keyId();
  }

  @Override
  public byte[] sign(byte[] text) {
    long now = clock.instant().getEpochSecond();
    return ByteBuffer.allocate(72)
        .putLong(now)
        .put(key.sign(VerifierKey.cosigned(now, text)))
        .array();
  }

  /// Adds the witness's line to a log that was just found intact.
  ///
  /// @throws IllegalArgumentException if the log bears the witness's name
  public SignedCheckpoint cosign(LogReport.Intact intact) {
    if (intact.checkpoint().origin().equals(name())) {
      throw new IllegalArgumentException("a log cannot be its own witness: `%s`".formatted(name()));
    }
    SignedNote seen = intact.signed().note();
    List<SignedNote.NoteSignature> lines = new ArrayList<>(seen.signatures());
    lines.removeIf(line -> line.name().equals(name()) && line.keyId() == keyId());
    byte[] text = seen.text().getBytes(StandardCharsets.UTF_8);
    lines.add(new SignedNote.NoteSignature(name(), keyId(), sign(text)));
    return new SignedCheckpoint(intact.checkpoint(), new SignedNote(seen.text(), lines));
  }

  /// When a witness signed a checkpoint.
  ///
  /// @return empty if it did not, or its line does not fit
  public static Optional<Instant> cosignedAt(SignedCheckpoint checkpoint, VerifierKey witness) {
    if (!witness.isWitness()
        || !(checkpoint.note().verify(List.of(witness)) instanceof SignedNote.Signed)) {
      return Optional.empty();
    }
    return checkpoint.note().signatures().stream()
        .filter(line -> line.name().equals(witness.name()) && line.keyId() == witness.keyId())
        .map(line -> Instant.ofEpochSecond(ByteBuffer.wrap(line.signature()).getLong()))
        .findFirst();
  }
}
