package cn.mingmian.vault;

/// How a vault is made and searched. Immutable.
///
/// @param suite  for a new vault; an existing one keeps its own
/// @param scan  what is kept in memory for search
public record VaultOptions(Suite suite, Scan scan) {
  /// What search scans first. Both give the same hits.
  public enum Scan {
    /// One byte a dimension; the few rows that may be hits are opened and compared in full.
    BYTES,
    /// Four bytes a dimension more; the plain reference.
    FLOATS
  }

  /// AES-256-GCM, bytes in memory.
  public static VaultOptions defaults() {
    return new VaultOptions(Suite.AES_256_GCM_SHA_256, Scan.BYTES);
  }

  public VaultOptions with(Suite other) {
    return new VaultOptions(other, scan);
  }

  public VaultOptions with(Scan other) {
    return new VaultOptions(suite, other);
  }
}
