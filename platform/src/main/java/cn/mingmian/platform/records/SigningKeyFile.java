package cn.mingmian.platform.records;

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
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// An Ed25519 key pair in a file that its owner alone can read. Two lines: the private key in
/// PKCS #8, the public one in X.509, both base64.
public final class SigningKeyFile {
  private SigningKeyFile() {}

  /// Reads the pair, or makes one where there is none.
  public static KeyPair openOrCreate(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) create(file, random);
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      if (lines.size() != 2) {
        throw new IllegalStateException(
            "key file `%s` has %d lines, expected 2".formatted(file, lines.size()));
      }
      KeyFactory keys = KeyFactory.getInstance("Ed25519");
      Base64.Decoder base64 = Base64.getDecoder();
      return new KeyPair(
          keys.generatePublic(new X509EncodedKeySpec(base64.decode(lines.getLast()))),
          keys.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.getFirst()))));
    } catch (IOException e) {
      throw new UncheckedIOException("key file `%s`".formatted(file), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key file `%s` cannot be used".formatted(file), e);
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
}
