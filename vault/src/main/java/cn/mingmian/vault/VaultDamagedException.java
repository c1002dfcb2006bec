package cn.mingmian.vault;

/// A file that the whole vault depends on is missing, cut short, altered or of an unknown version.
public final class VaultDamagedException extends VaultException {
  private static final long serialVersionUID = 1L;

  VaultDamagedException(String message) {
    super(message);
  }
}
