package cn.mingmian.platform.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// The operator's Ed25519 key for certificates. Thread-safe.
public final class CertificateKey {
  private final PrivateKey key;
  private final String publicKey;

  private CertificateKey(PrivateKey key, String publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /// Reads the key, or makes one at the first start; the file is readable by its owner only. Two
  /// lines: the private key in PKCS #8, the public one in X.509, both base64.
  public static CertificateKey openOrCreate(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) create(file, random);
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      if (lines.size() != 2) {
        throw new IllegalStateException(
            "certificate key `%s` has %d lines, expected 2".formatted(file, lines.size()));
      }
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.getFirst())));
      return new CertificateKey(key, lines.getLast());
    } catch (IOException e) {
      throw new UncheckedIOException("certificate key `%s`".formatted(file), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificate key `%s` cannot be used".formatted(file), e);
    }
  }

  private static void create(Path file, SecureRandom random)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(255, random);
    KeyPair pair = generator.generateKeyPair();
    Base64.Encoder base64 = Base64.getEncoder();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        base64.encodeToString(pair.getPrivate().getEncoded())
            + "\n"
            + base64.encodeToString(pair.getPublic().getEncoded())
            + "\n",
        StandardCharsets.US_ASCII);
  }

  /// X.509, base64.
  public String publicKey() {
    return publicKey;
  }

  /// Signature over the UTF-8 of a text, base64.
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with Ed25519", e);
    }
  }
}
