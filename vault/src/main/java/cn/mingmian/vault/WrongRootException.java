package cn.mingmian.vault;

/// The root key given is not the one that protects this vault. Nothing was changed.
public final class WrongRootException extends VaultException {
  private static final long serialVersionUID = 1L;

  WrongRootException(String message) {
    super(message);
  }
}
