package cn.mingmian.vault;

/// The disk has no room for what was to be written. Nothing of it was kept.
public final class VaultFullException extends VaultException {
  private static final long serialVersionUID = 1L;

  VaultFullException(String message) {
    super(message);
  }
}
