package cn.mingmian.vault;

import java.io.IOException;

/// The disk failed in another way than being full. What was being written is not kept.
public final class VaultIoException extends VaultException {
  private static final long serialVersionUID = 1L;

  VaultIoException(String message, IOException cause) {
    super(message + ": " + cause, cause);
  }
}
