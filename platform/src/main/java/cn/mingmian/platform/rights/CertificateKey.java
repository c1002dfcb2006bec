package cn.mingmian.platform.rights;

import cn.mingmian.platform.records.SigningKeyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;

/// The operator's Ed25519 key for certificates. Thread-safe.
public final class CertificateKey {
  private final KeyPair pair;

  private CertificateKey(KeyPair pair) {
    this.pair = pair;
  }

  /// Reads the key, or makes one at the first start.
  public static CertificateKey openOrCreate(Path file, SecureRandom random) {
    return new CertificateKey(SigningKeyFile.openOrCreate(file, random));
  }

  /// X.509, base64.
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /// Signature over the UTF-8 of a text, base64.
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with Ed25519", e);
    }
  }
}
