package cn.mingmian.vault;

import org.jspecify.annotations.Nullable;

/// What went wrong with a vault; the subclasses name the cases a caller can act on.
public class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultException(String message) {
    super(message);
  }

  VaultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
