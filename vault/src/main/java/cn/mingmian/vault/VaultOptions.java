package cn.mingmian.vault;

/// How a vault is made and kept. Immutable.
///
/// @param suite  for a new vault; an existing one keeps its own
public record VaultOptions(Suite suite) {
  /// AES-256-GCM.
  public static VaultOptions defaults() {
    return new VaultOptions(Suite.AES_256_GCM_SHA_256);
  }
}
