package cn.mingmian.platform.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The two hashes of an entry; `docs/formats/audit-entries.md` is their document.
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// `SHA-256("mingmian/commitment/v1" || 0x00 || salt || preimage)`
  static byte[] commitment(byte[] salt, byte[] preimage) {
    MessageDigest hash = sha256();
    hash.update("mingmian/commitment/v1".getBytes(StandardCharsets.US_ASCII));
    hash.update((byte) 0);
    hash.update(salt);
    hash.update(preimage);
    return hash.digest();
  }
}
