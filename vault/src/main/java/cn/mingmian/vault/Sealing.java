package cn.mingmian.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/// Seals one vector under a key derived from two random ones: the owner's, which the templates of a
/// person and purpose share, and the template's own. Destroying either makes it unreadable.
///
/// Thread-safe.
final class Sealing {
  private static final byte[] INFO =
      "mingmian vault 1 template".getBytes(StandardCharsets.US_ASCII);

  private final Head head;
  private final SecureRandom random;

  Sealing(Head head, SecureRandom random) {
    this.head = head;
    this.random = random;
  }

  /// @param header  as [TemplateFile] makes it; becomes the associated data
  /// @return the whole file
  byte[] seal(byte[] header, TemplateId id, byte[] ownerKey, byte[] templateKey, byte[] plain) {
    byte[] nonce = new byte[Suite.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] key = key(id, ownerKey, templateKey);
    try {
      byte[] sealed = head.suite().seal(key, nonce, header, plain);
      byte[] file = Arrays.copyOf(header, header.length + nonce.length + sealed.length);
      ByteBuffer.wrap(file).position(header.length).put(nonce).put(sealed);
      return file;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// @return the vector's bytes; the caller zeroes them
  byte[] open(TemplateFile file, byte[] ownerKey, byte[] templateKey) throws AEADBadTagException {
    byte[] key = key(file.template(), ownerKey, templateKey);
    try {
      return head.suite().open(key, file.nonce(), file.header(), file.sealed());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] key(TemplateId id, byte[] ownerKey, byte[] templateKey) {
    byte[] both = Arrays.copyOf(ownerKey, ownerKey.length + templateKey.length);
    System.arraycopy(templateKey, 0, both, ownerKey.length, templateKey.length);
    byte[] info = Arrays.copyOf(INFO, INFO.length + 16);
    ByteBuffer.wrap(info).position(INFO.length).putLong(id.high()).putLong(id.low());
    try {
      return head.suite().derive(both, head.vault(), info, head.suite().keyBytes());
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }
}
