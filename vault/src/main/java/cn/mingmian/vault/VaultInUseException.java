package cn.mingmian.vault;

/// Another process, or another `Vault` of this one, holds the directory.
public final class VaultInUseException extends VaultException {
  private static final long serialVersionUID = 1L;

  VaultInUseException(String message) {
    super(message);
  }
}
