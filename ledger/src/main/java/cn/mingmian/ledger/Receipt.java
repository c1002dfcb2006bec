package cn.mingmian.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// That an entry is in the log, checkable without the log: the `.tlog-proof` file of C2SP
/// tlog-proof. Immutable. [ReceiptVerifier] says what it proves.
///
/// @param index of the entry
/// @param path inclusion proof, from the leaf's sibling up to the root's child
/// @param checkpoint of the tree that the path leads to
public record Receipt(long index, List<Hash> path, SignedCheckpoint checkpoint) {
  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
  private static final String INDEX = "index ";
  private static final String EXTRA = "extra ";

  /// A tree of 2^63 entries is 63 levels high.
  private static final int LONGEST_PATH = 63;

  public Receipt {
    path = List.copyOf(path);
  }

  /// The file.
  public String text() {
    StringBuilder file = new StringBuilder(FIRST_LINE).append('\n');
    file.append(INDEX).append(index).append('\n');
    path.forEach(hash -> file.append(hash.base64()).append('\n'));
    file.append('\n');
    return file.append(new String(checkpoint.bytes(), StandardCharsets.UTF_8)).toString();
  }

  /// Reads a proof file. An `extra` line of another issuer is skipped: it proves nothing.
  ///
  /// @throws MalformedNoteException naming what is wrong
  public static Receipt parse(byte[] file) {
    if (file.length > 2 * SignedNote.LONGEST_NOTE_IN_BYTES) {
      throw new MalformedNoteException(
          "a proof file has at most %d bytes, this one has %d"
              .formatted(2 * SignedNote.LONGEST_NOTE_IN_BYTES, file.length));
    }
    String all;
    try {
      all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedNoteException("a proof file is UTF-8, this one is not");
    }
    int split = all.indexOf("\n\n");
    if (split < 0) {
      throw new MalformedNoteException("a proof file has an empty line before its checkpoint");
    }
    List<String> head = List.of(all.substring(0, split).split("\n", -1));
    if (!head.getFirst().equals(FIRST_LINE)) {
      throw new MalformedNoteException(
          "a proof file begins with `%s`, this one does not".formatted(FIRST_LINE));
    }
    int at = head.size() > 1 && head.get(1).startsWith(EXTRA) ? 2 : 1;
    if (head.size() <= at || !head.get(at).startsWith(INDEX)) {
      throw new MalformedNoteException("a proof file has an `index` line, this one has none");
    }
    long index = Checkpoint.decimal(head.get(at).substring(INDEX.length()), "index");
    List<String> hashes = head.subList(at + 1, head.size());
    if (hashes.size() > LONGEST_PATH) {
      throw new MalformedNoteException(
          "an inclusion proof has at most %d hashes, this one has %d"
              .formatted(LONGEST_PATH, hashes.size()));
    }
    List<Hash> path = new ArrayList<>();
    hashes.forEach(line -> path.add(Checkpoint.hash(line, "proof hash")));
    return new Receipt(
        index,
        path,
        SignedCheckpoint.parse(all.substring(split + 2).getBytes(StandardCharsets.UTF_8)));
  }
}
