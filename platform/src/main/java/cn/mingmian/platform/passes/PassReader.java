package cn.mingmian.platform.passes;

import cn.mingmian.platform.places.SiteId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Reads QR passes without asking anybody: with the operator's public key and the last list of
/// revoked passes that it was given. Formats in `docs/formats/pass.md`. Immutable.
public final class PassReader {
  /// How old the list of revoked passes may be before no pass is taken any more.
  public static final Duration LIST_LASTS = Duration.ofHours(24);

  static final String PREFIX = "MM1.";
  static final byte[] CONTEXT = "mingmian/pass/v1\n".getBytes(StandardCharsets.US_ASCII);
  static final String LIST_HEADER = "mingmian/pass-revocations/v1";
  static final int NUMBER_BYTES = 16;
  static final int PAYLOAD_BYTES = NUMBER_BYTES + 4 + 4 + 16;

  private final PublicKey key;
  private final Instant listed;
  private final Set<String> revoked;

  private PassReader(PublicKey key, Instant listed, Set<String> revoked) {
    this.key = key;
    this.listed = listed;
    this.revoked = Set.copyOf(revoked);
  }

  /// @param publicKey X.509, base64
  /// @param revocations the signed list, as it was handed out
  /// @throws IllegalArgumentException if key or list is malformed, or another key signed the list
  public static PassReader of(String publicKey, String revocations) {
    PublicKey key;
    try {
      key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key is no Ed25519 key in X.509", e);
    }
    int blank = revocations.indexOf("\n\n");
    List<String> lines = revocations.lines().toList();
    if (blank < 0 || lines.size() < 4 || !lines.getFirst().equals(LIST_HEADER)) {
      throw new IllegalArgumentException(
          "expected a list that begins with `%s`".formatted(LIST_HEADER));
    }
    byte[] signed = revocations.substring(0, blank + 1).getBytes(StandardCharsets.US_ASCII);
    byte[] signature = Base64.getDecoder().decode(lines.getLast());
    if (!signedBy(key, signed, signature)) {
      throw new IllegalArgumentException("the list of revoked passes is not signed by this key");
    }
    Set<String> revoked = new HashSet<>(lines.subList(2, lines.size() - 2));
    return new PassReader(key, Instant.ofEpochSecond(Long.parseLong(lines.get(1))), revoked);
  }

  /// What a pass turned out to be.
  public sealed interface Reading {}

  /// Let in.
  public record Good(String number, Instant until) implements Reading {}

  /// Not let in by this pass; another way is open.
  public record NotGood(Why why) implements Reading {}

  /// Why a pass does not open.
  public enum Why {
    MALFORMED,
    FORGED,
    OTHER_SITE,
    NOT_YET,
    EXPIRED,
    REVOKED,
    LIST_TOO_OLD
  }

  /// @param token what the QR code says
  public Reading read(String token, SiteId here, Instant now) {
    return read(token, here, now, key, revoked::contains, listed);
  }

  static Reading read(
      String token,
      SiteId here,
      Instant now,
      PublicKey key,
      java.util.function.Predicate<String> revoked,
      Instant listed) {
    byte[] payload;
    byte[] signature;
    try {
      String[] parts = token.split("\\.", -1);
      if (parts.length != 3 || !token.startsWith(PREFIX)) return new NotGood(Why.MALFORMED);
      payload = Base64.getUrlDecoder().decode(parts[1]);
      signature = Base64.getUrlDecoder().decode(parts[2]);
    } catch (IllegalArgumentException notBase64) {
      return new NotGood(Why.MALFORMED);
    }
    Base64.Encoder canonical = Base64.getUrlEncoder().withoutPadding();
    String onlySpelling =
        PREFIX + canonical.encodeToString(payload) + "." + canonical.encodeToString(signature);
    if (payload.length != PAYLOAD_BYTES || signature.length != 64 || !token.equals(onlySpelling)) {
      return new NotGood(Why.MALFORMED);
    }
    if (!signedBy(key, signedPart(payload), signature)) return new NotGood(Why.FORGED);
    ByteBuffer fields = ByteBuffer.wrap(payload, NUMBER_BYTES, PAYLOAD_BYTES - NUMBER_BYTES);
    Instant from = Instant.ofEpochSecond(Integer.toUnsignedLong(fields.getInt()));
    Instant until = Instant.ofEpochSecond(Integer.toUnsignedLong(fields.getInt()));
    byte[] site = new byte[16];
    fields.get(site);
    if (!Arrays.equals(site, siteTag(here))) return new NotGood(Why.OTHER_SITE);
    if (now.isBefore(from)) return new NotGood(Why.NOT_YET);
    if (!now.isBefore(until)) return new NotGood(Why.EXPIRED);
    String number = HexFormat.of().formatHex(payload, 0, NUMBER_BYTES);
    if (revoked.test(number)) return new NotGood(Why.REVOKED);
    // A reader that was cut off takes no pass whose revocation it could not have heard of.
    if (now.isAfter(listed.plus(LIST_LASTS))) return new NotGood(Why.LIST_TOO_OLD);
    return new Good(number, until);
  }

  static byte[] signedPart(byte[] payload) {
    return ByteBuffer.allocate(CONTEXT.length + payload.length).put(CONTEXT).put(payload).array();
  }

  static byte[] siteTag(SiteId site) {
    try {
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256")
              .digest(site.value().getBytes(StandardCharsets.US_ASCII)),
          16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static boolean signedBy(PublicKey key, byte[] text, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
