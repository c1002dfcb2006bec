package cn.mingmian.platform.templates;

import cn.mingmian.vault.VaultFullException;

/// The disk under the vault is full: no template was kept, and what was kept before stays.
public final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoRoomException(VaultFullException full) {
    super("the vault has no room: free space; nothing of this request was stored", full);
  }
}
