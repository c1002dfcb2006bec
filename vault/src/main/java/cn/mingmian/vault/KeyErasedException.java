package cn.mingmian.vault;

/// The key was erased; an id whose key was destroyed is never used again.
public final class KeyErasedException extends VaultException {
  private static final long serialVersionUID = 1L;

  KeyErasedException(String message) {
    super(message);
  }
}
