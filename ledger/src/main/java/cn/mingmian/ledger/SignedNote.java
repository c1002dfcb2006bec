package cn.mingmian.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// A text with signatures below it, as C2SP signed-note defines it. Immutable.
///
/// @param text ends with a newline
/// @param signatures in the order of their lines
public record SignedNote(String text, List<NoteSignature> signatures) {
  /// A note longer than this is refused unread.
  public static final int LONGEST_NOTE_IN_BYTES = 1_000_000;

  private static final int MOST_SIGNATURES = 100;
  private static final String LINE_START = "\u2014 ";

  /// One signature line: `— <name> <base64 of key id and signature>`. Immutable.
  public static final class NoteSignature {
    private final String name;
    private final int keyId;
    private final byte[] signature;

    NoteSignature(String name, int keyId, byte[] signature) {
      VerifierKey.checkName(name);
      this.name = name;
      this.keyId = keyId;
      this.signature = signature.clone();
    }

    public String name() {
      return name;
    }

    public int keyId() {
      return keyId;
    }

    public byte[] signature() {
      return signature.clone();
    }

    String line() {
      byte[] all = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature).array();
      return LINE_START + name + " " + Base64.getEncoder().encodeToString(all) + "\n";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof NoteSignature that
          && name.equals(that.name)
          && keyId == that.keyId
          && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
      return 31 * keyId + Arrays.hashCode(signature);
    }
  }

  public SignedNote {
    if (!text.endsWith("\n")) {
      throw new MalformedNoteException("a note's text ends with a newline, this one does not");
    }
    if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new MalformedNoteException("a note's text holds no control characters, this one does");
    }
    signatures = List.copyOf(signatures);
  }

  /// Signs `text` with each of `signers`.
  public static SignedNote sign(String text, List<? extends Signer> signers) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<NoteSignature> signatures = new ArrayList<>();
    for (Signer signer : signers) {
      signatures.add(new NoteSignature(signer.name(), signer.keyId(), signer.sign(bytes)));
    }
    return new SignedNote(text, signatures);
  }

  /// Reads a note; says nothing about whether its signatures hold.
  ///
  /// @throws MalformedNoteException naming the first thing that is wrong
  public static SignedNote parse(byte[] note) {
    if (note.length > LONGEST_NOTE_IN_BYTES) {
      throw new MalformedNoteException(
          "a note has at most %d bytes, this one has %d"
              .formatted(LONGEST_NOTE_IN_BYTES, note.length));
    }
    String all;
    try {
      all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedNoteException("a note is UTF-8, this one is not");
    }
    int split = all.lastIndexOf("\n\n");
    if (split < 0) {
      throw new MalformedNoteException("a note has an empty line before its signatures");
    }
    if (!all.endsWith("\n")) {
      throw new MalformedNoteException("a note ends with a newline, this one is cut off");
    }
    String text = all.substring(0, split + 1);
    String below = all.substring(split + 2);
    if (below.isEmpty()) {
      throw new MalformedNoteException("a note has at least one signature, this one has none");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : below.substring(0, below.length() - 1).split("\n", -1)) {
      if (signatures.size() == MOST_SIGNATURES) {
        throw new MalformedNoteException(
            "a note has at most %d signatures".formatted(MOST_SIGNATURES));
      }
      signatures.add(signature(line));
    }
    return new SignedNote(text, signatures);
  }

  private static NoteSignature signature(String line) {
    int space = line.indexOf(' ', LINE_START.length());
    if (!line.startsWith(LINE_START) || space < 0) {
      throw new MalformedNoteException("signature line `%s` is none".formatted(shown(line)));
    }
    String base64 = line.substring(space + 1);
    byte[] all;
    try {
      all = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedNoteException(
          "signature line `%s` does not end in base64".formatted(shown(line)));
    }
    // Re-encoding finds base64 that leaves out its padding or sets bits that mean nothing.
    if (all.length < 5 || !Base64.getEncoder().encodeToString(all).equals(base64)) {
      throw new MalformedNoteException(
          "signature line `%s` holds no key id and signature".formatted(shown(line)));
    }
    return new NoteSignature(
        line.substring(LINE_START.length(), space),
        ByteBuffer.wrap(all).getInt(),
        Arrays.copyOfRange(all, 4, all.length));
  }

  private static String shown(String line) {
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }

  /// What the signatures are worth to someone who knows `keys`.
  public sealed interface Verdict {}

  /// All known keys that signed did so rightly, and there is at least one.
  public record Signed(List<VerifierKey> by) implements Verdict {
    public Signed {
      by = List.copyOf(by);
    }
  }

  /// No known key signed, or one did not fit the text.
  public record NotSigned(String why) implements Verdict {}

  /// Checks the signatures of known keys. Lines of unknown keys count for nothing; one line of a
  /// known key that does not fit rejects the note.
  public Verdict verify(Collection<VerifierKey> keys) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<VerifierKey> by = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : keys) {
        if (!key.name().equals(signature.name()) || key.keyId() != signature.keyId()) {
          continue;
        }
        if (!key.verify(bytes, signature.signature)) {
          return new NotSigned(
              "signature of `%s` does not fit the text: one of them was changed"
                  .formatted(key.name()));
        }
        if (!by.contains(key)) {
          by.add(key);
        }
      }
    }
    if (by.isEmpty()) {
      return new NotSigned(
          "no signature by a known key: signed by %s, known are %s"
              .formatted(
                  signatures.stream()
                      .map(s -> "`%s+%08x`".formatted(s.name(), s.keyId()))
                      .distinct()
                      .toList(),
                  keys.stream().map(k -> "`%s+%08x`".formatted(k.name(), k.keyId())).toList()));
    }
    return new Signed(by);
  }

  /// The note as it is kept and sent.
  public byte[] bytes() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }
}
