package cn.mingmian.ledger;

/// Signs notes under a name. Implementations are thread-safe.
///
/// The log's own key is an [Ed25519Signer]; a second key, of a witness or of another algorithm,
/// comes in through this door and its lines are ignored by readers who do not know it.
public interface Signer {
  /// The key name: not empty, no white space, no plus.
  String name();

  /// The first four bytes of SHA-256(name || 0x0A || type || public key), as one number.
  int keyId();

  /// What stands behind the key id in the signature line.
  ///
  /// @param text the note's text, its final newline included
  byte[] sign(byte[] text);
}
