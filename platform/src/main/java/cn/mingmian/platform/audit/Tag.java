package cn.mingmian.platform.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// A value that only the holder of a record's secret can recognise, and that stands in one entry of
/// the log at most: so it ties a withdrawal or an erasure to its record in a restored database, and
/// to nothing else for anybody else. Immutable.
///
/// `SHA-256("mingmian/tag/v1" || 0x00 || act || 0x00 || secret)`
public record Tag(String text) {
  /// @param act what the tag tells, such as `withdrawn`
  /// @param secret 32 random bytes kept in the record
  public static Tag of(String act, byte[] secret) {
    MessageDigest hash = Digests.sha256();
    hash.update("mingmian/tag/v1".getBytes(StandardCharsets.US_ASCII));
    hash.update((byte) 0);
    hash.update(act.getBytes(StandardCharsets.US_ASCII));
    hash.update((byte) 0);
    hash.update(secret);
    return new Tag(Base64.getEncoder().encodeToString(hash.digest()));
  }
}
