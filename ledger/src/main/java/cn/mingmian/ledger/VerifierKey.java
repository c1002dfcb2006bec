package cn.mingmian.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A public Ed25519 key under a name, in the text form of C2SP signed-note:
/// `<name>+<key id, 8 hex digits>+<base64 of type and the 32 key bytes>`. Immutable.
///
/// Type 0x01 is a log's own key. Type 0x04 is a witness's (C2SP tlog-cosignature): what it signs
/// also says when.
public final class VerifierKey {
  static final byte ED25519 = 0x01;
  static final byte COSIGNATURE = 0x04;
  private static final int TIME_BYTES = 8;
  private static final int SIGNATURE_BYTES = 64;
  private static final int KEY_BYTES = 32;

  /// What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410, section 4).
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte type;
  private final byte[] key;
  private final int keyId;
  private final PublicKey publicKey;

  private VerifierKey(String name, byte type, byte[] key, PublicKey publicKey) {
    this.name = name;
    this.type = type;
    this.key = key;
    this.keyId = keyId(name, type, key);
    this.publicKey = publicKey;
  }

  /// @param key the 32 bytes of RFC 8032
  /// @throws MalformedNoteException if the name or the key is none
  public static VerifierKey of(String name, byte[] key) {
    return of(name, ED25519, key);
  }

  /// The same for a witness.
  public static VerifierKey ofWitness(String name, byte[] key) {
    return of(name, COSIGNATURE, key);
  }

  private static VerifierKey of(String name, byte type, byte[] key) {
    checkName(name);
    if (key.length != KEY_BYTES) {
      throw new MalformedNoteException(
          "Ed25519 key of `%s` has %d bytes, expected 32".formatted(name, key.length));
    }
    byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
    System.arraycopy(key, 0, x509, X509_PREFIX.length, KEY_BYTES);
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
      return new VerifierKey(name, type, key.clone(), publicKey);
    } catch (GeneralSecurityException e) {
      throw new MalformedNoteException("key of `%s` is no Ed25519 key".formatted(name));
    }
  }

  /// @throws MalformedNoteException if the text is no key, its id does not fit, or it is not
  /// Ed25519
  public static VerifierKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new MalformedNoteException(
          "verifier key `%s` is not of the form `name+id+key`".formatted(text));
    }
    byte[] typed;
    try {
      typed = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      throw new MalformedNoteException("verifier key of `%s` is not base64".formatted(parts[0]));
    }
    if (typed.length == 0 || (typed[0] != ED25519 && typed[0] != COSIGNATURE)) {
      throw new MalformedNoteException(
          "verifier key of `%s` is of another type than Ed25519 (0x01) or a witness (0x04)"
              .formatted(parts[0]));
    }
    VerifierKey parsed = of(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
    String id = HexFormat.of().toHexDigits(parsed.keyId);
    if (!id.equals(parts[1])) {
      throw new MalformedNoteException(
          "verifier key of `%s` says id `%s`, its key has `%s`".formatted(parts[0], parts[1], id));
    }
    return parsed;
  }

  static void checkName(String name) {
    if (name.isEmpty()
        || name.contains("+")
        || name.chars()
            .anyMatch(
                c ->
                    Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c))) {
      throw new MalformedNoteException(
          "key name `%s` is empty or holds white space or a plus".formatted(name));
    }
  }

  /// SHA-256(name || 0x0A || type || key), its first four bytes.
  static int keyId(String name, byte type, byte[] key) {
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    hashed.write('\n');
    hashed.write(type);
    hashed.writeBytes(key);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(hashed.toByteArray())).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  /// The 32 key bytes.
  public byte[] key() {
    return key.clone();
  }

  /// Whether this key signs as a witness does, with the time.
  public boolean isWitness() {
    return type == COSIGNATURE;
  }

  /// What a witness signs: the whole note text under two lines that say so.
  static byte[] cosigned(long unixSeconds, byte[] text) {
    byte[] head =
        "cosignature/v1\ntime %d\n".formatted(unixSeconds).getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + text.length);
    System.arraycopy(text, 0, all, head.length, text.length);
    return all;
  }

  /// @param text the note's text
  /// @param signature 64 bytes; a witness's has its time before them, in seconds, 8 bytes
  public boolean verify(byte[] text, byte[] signature) {
    if (type == ED25519) return fits(text, signature);
    if (signature.length != TIME_BYTES + SIGNATURE_BYTES) return false;
    long time = ByteBuffer.wrap(signature).getLong();
    return time >= 0
        && fits(cosigned(time, text), Arrays.copyOfRange(signature, TIME_BYTES, signature.length));
  }

  private boolean fits(byte[] text, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(publicKey);
      ed25519.update(text);
      return ed25519.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      // A signature of the wrong length or form, or a key that is no point of the curve: both are
      // found here, and both mean that nothing was verified.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no Ed25519", e);
    }
  }

  /// `name+id+key`, what [#parse] reads.
  public String text() {
    byte[] typed = new byte[1 + KEY_BYTES];
    typed[0] = type;
    System.arraycopy(key, 0, typed, 1, KEY_BYTES);
    return "%s+%s+%s"
        .formatted(
            name, HexFormat.of().toHexDigits(keyId), Base64.getEncoder().encodeToString(typed));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && type == that.type
        && name.equals(that.name)
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return text();
  }
}
