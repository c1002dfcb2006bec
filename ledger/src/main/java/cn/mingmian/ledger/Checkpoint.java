package cn.mingmian.ledger;

import java.util.Base64;

/// What a log commits to: its name, how many entries it has, and the root over them. Immutable.
///
/// @param origin the log's unique name, like a URL without its scheme
/// @param size number of entries
/// @param root Merkle tree hash of RFC 6962 over the first `size` entries
public record Checkpoint(String origin, long size, Hash root) {
  public Checkpoint {
    VerifierKey.checkName(origin);
    if (size < 0) {
      throw new IllegalArgumentException("a log has 0 or more entries, not `%d`".formatted(size));
    }
  }

  /// Three lines: origin, decimal size, base64 root.
  public String body() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /// Reads a checkpoint body. Lines behind the third are extensions of others and are ignored.
  ///
  /// @throws MalformedNoteException naming what is wrong
  public static Checkpoint parse(String body) {
    String[] lines = body.split("\n", -1);
    if (lines.length < 4) {
      throw new MalformedNoteException(
          "a checkpoint has three lines (origin, size, root), this one has %d"
              .formatted(lines.length - 1));
    }
    long size = decimal(lines[1], "checkpoint size");
    return new Checkpoint(lines[0], size, hash(lines[2], "checkpoint root"));
  }

  static long decimal(String text, String what) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 18 || (text.length() > 1 && text.startsWith("0"))) {
      throw new MalformedNoteException("%s `%s` is no decimal number".formatted(what, text));
    }
    return Long.parseLong(text);
  }

  static Hash hash(String text, String what) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length == Hash.BYTES && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return Hash.of(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedNoteException("%s `%s` is not base64".formatted(what, text));
    }
    throw new MalformedNoteException("%s `%s` is not the base64 of 32 bytes".formatted(what, text));
  }
}
