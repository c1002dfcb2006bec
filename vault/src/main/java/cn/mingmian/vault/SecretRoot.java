package cn.mingmian.vault;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/// An unlocked root whose 32-byte secret is in this process: from a key file or a passphrase.
final class SecretRoot implements UnlockedRoot {
  private static final byte[] ID_INFO =
      "mingmian vault 1 root id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WRAP_INFO =
      "mingmian vault 1 root".getBytes(StandardCharsets.US_ASCII);

  private final int kind;
  private final byte[] parameters;
  private final Secret secret;
  private final byte[] id;

  SecretRoot(int kind, byte[] parameters, Secret secret) {
    this.kind = kind;
    this.parameters = parameters.clone();
    this.secret = secret;
    this.id = secret.lend(s -> Suite.AES_256_GCM_SHA_256.derive(s, new byte[0], ID_INFO, 16));
  }

  @Override
  public int kind() {
    return kind;
  }

  @Override
  public byte[] parameters() {
    return parameters.clone();
  }

  @Override
  public byte[] id() {
    return id.clone();
  }

  @Override
  public byte[] wrap(
      Suite suite, byte[] vault, byte[] plain, byte[] associated, SecureRandom random) {
    byte[] nonce = new byte[Suite.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] key = wrappingKey(suite, vault);
    try {
      byte[] sealed = suite.seal(key, nonce, associated, plain);
      byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
      return wrapped;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public byte[] unwrap(Suite suite, byte[] vault, byte[] wrapped, byte[] associated)
      throws AEADBadTagException {
    if (wrapped.length < Suite.NONCE_BYTES) throw new AEADBadTagException("no nonce");
    byte[] key = wrappingKey(suite, vault);
    try {
      return suite.open(
          key,
          Arrays.copyOf(wrapped, Suite.NONCE_BYTES),
          associated,
          Arrays.copyOfRange(wrapped, Suite.NONCE_BYTES, wrapped.length));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] wrappingKey(Suite suite, byte[] vault) {
    return secret.lend(s -> suite.derive(s, vault, WRAP_INFO, suite.keyBytes()));
  }

  @Override
  public void close() {
    secret.close();
  }
}
