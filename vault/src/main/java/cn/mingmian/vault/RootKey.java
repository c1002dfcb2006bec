package cn.mingmian.vault;

import java.nio.file.Path;
import java.security.SecureRandom;

/// The key that everything in a vault hangs on: it wraps the epoch key. Without it nothing can be
/// read, and nobody can help; keep it, and its spare copy, away from the vault and its backups.
///
/// Thread-safe. The caller closes it, which zeroes what it holds; an open vault keeps its own copy.
public abstract sealed class RootKey implements AutoCloseable permits KeyFileRoot {
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
