package cn.mingmian.vault;

/// A template of this id is already held; sealed templates are never overwritten.
public final class TemplateExistsException extends VaultException {
  private static final long serialVersionUID = 1L;

  TemplateExistsException(String message) {
    super(message);
  }
}
