package cn.mingmian.platform;

import java.nio.file.Path;

/// There is a vault, and its root key is not where it was. A new key would open nothing.
public final class LostRootKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostRootKeyException(Path key, Path vault) {
    super(
        "root key `%s` is missing and vault `%s` is not empty: put the key back from where its copy is kept"
            .formatted(key, vault));
  }
}
