package cn.mingmian.vault;

import java.nio.file.Path;
import java.security.SecureRandom;

/// The key that everything in a vault hangs on: it wraps the epoch key. Without it nothing can be
/// read, and nobody can help; keep it, and its spare copy, away from the vault and its backups.
///
/// Thread-safe. The caller closes it, which zeroes what it holds. An open vault keeps its own copy
/// of a key file's or passphrase's secret; a token stays in use, so it is closed after the vault.
public abstract sealed class RootKey implements AutoCloseable
    permits KeyFileRoot, PassphraseRoot, TokenRoot {
  RootKey() {}

  /// Makes a new random root and writes it to `file`, readable by its owner only.
  ///
  /// @throws VaultException if the file exists already
  public static RootKey createFile(Path file, SecureRandom random) {
    return KeyFileRoot.create(file, random);
  }

  /// Reads a root that `createFile` wrote.
  ///
  /// @throws VaultException if the file is missing, damaged, or readable by others than its owner
  public static RootKey fromFile(Path file) {
    return KeyFileRoot.read(file);
  }

  /// A root derived from a passphrase by Argon2id; takes about a second at each opening.
  ///
  /// @param passphrase  at least 12 characters; copied, the caller zeroes its own
  public static RootKey fromPassphrase(char[] passphrase) {
    return new PassphraseRoot(passphrase);
  }

  /// Makes a new AES-256 key in a PKCS#11 token, where it stays: not readable, not exportable.
  ///
  /// @param library  path of the token's PKCS#11 library
  /// @param slotIndex  which of the slots with a token, from 0
  /// @param label  name of the key in the token
  /// @throws VaultException if the token has a key of that name, refuses the PIN, or cannot do it
  public static RootKey createInToken(Path library, int slotIndex, char[] pin, String label) {
    return TokenRoot.open(library, slotIndex, pin, label, TokenRoot.Key.NEW);
  }

  /// Uses a key that `createInToken` made.
  public static RootKey fromToken(Path library, int slotIndex, char[] pin, String label) {
    return TokenRoot.open(library, slotIndex, pin, label, TokenRoot.Key.THERE);
  }

  /// Uses a key of that name, or makes it: for a set-up that a crash may have interrupted.
  public static RootKey fromTokenOrNew(Path library, int slotIndex, char[] pin, String label) {
    return TokenRoot.open(library, slotIndex, pin, label, TokenRoot.Key.THERE_OR_NEW);
  }

  /// Readies the root for a new wrapping, with fresh parameters.
  abstract UnlockedRoot unlock(SecureRandom random);

  /// Readies the root for what was wrapped under `parameters`.
  abstract UnlockedRoot unlock(int kind, byte[] parameters);

  static String kindName(int kind) {
    return switch (kind) {
      case 1 -> "a key file";
      case 2 -> "a passphrase";
      case 3 -> "a token";
      default -> "of the unknown kind " + kind;
    };
  }

  @Override
  public abstract void close();
}
