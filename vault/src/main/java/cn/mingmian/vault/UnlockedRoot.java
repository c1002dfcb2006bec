package cn.mingmian.vault;

import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/// A root key ready to wrap and unwrap, as an open vault keeps it. Thread-safe until closed.
interface UnlockedRoot extends AutoCloseable {
  /// 1 key file, 2 passphrase, 3 token.
  int kind();

  /// What is needed, beside the secret, to unlock again; stored in clear.
  byte[] parameters();

  /// 16 bytes that tell roots apart and reveal nothing of them.
  byte[] id();

  byte[] wrap(Suite suite, byte[] vault, byte[] secret, byte[] associated, SecureRandom random);

  byte[] unwrap(Suite suite, byte[] vault, byte[] wrapped, byte[] associated)
      throws AEADBadTagException;

  @Override
  void close();
}
