package cn.mingmian.platform.keys;

import java.nio.file.Path;

/// Where the root key lives, on which all keys of the vault hang. Immutable, and nothing secret.
public sealed interface Root {
  /// The name of the default key file, in the directory of the keys.
  String DEFAULT_FILE = "root.key";

  /// The default: a file readable by its owner only.
  static Root standard() {
    return new KeyFile(Path.of(DEFAULT_FILE));
  }

  /// In words, for messages and the audit trail; never a path.
  String kind();

  /// A file of 64 bytes.
  ///
  /// @param file  a relative one lies in the directory of the keys
  record KeyFile(Path file) implements Root {
    @Override
    public String kind() {
      return "key-file";
    }
  }

  /// Somebody's memory: asked for at each start, derived with Argon2id.
  record Passphrase() implements Root {
    @Override
    public String kind() {
      return "passphrase";
    }
  }

  /// An AES-256 key in a PKCS#11 token, which never leaves it.
  ///
  /// @param module  path of the token's library
  /// @param slot  which of the slots with a token, from 0
  /// @param key  its name in the token
  record Token(Path module, int slot, String key) implements Root {
    @Override
    public String kind() {
      return "token";
    }
  }
}
