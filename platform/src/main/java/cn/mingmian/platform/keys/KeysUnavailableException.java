package cn.mingmian.platform.keys;

/// The vault cannot be opened with what was given: the root is lost or another one, the secret is
/// wrong or missing, or the wish differs from the set-up. Nothing was changed.
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String message) {
    super(message);
  }

  KeysUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
