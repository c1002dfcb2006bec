package cn.mingmian.ledger;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A SHA-256 hash, 32 bytes. Immutable.
public final class Hash {
  /// The length of every hash in the log.
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws IllegalArgumentException unless `bytes` holds exactly 32
  public static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a hash has %d bytes, this one has %d".formatted(BYTES, bytes.length));
    }
    return new Hash(bytes.clone());
  }

  static Hash at(byte[] hashes, int position) {
    return new Hash(Arrays.copyOfRange(hashes, position * BYTES, (position + 1) * BYTES));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// Standard base64 with padding, as checkpoints and proof files write it.
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The base64 form.
  @Override
  public String toString() {
    return base64();
  }
}
