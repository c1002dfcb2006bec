package cn.mingmian.vault;

import java.security.SecureRandom;

/// Names the random key of one person for one purpose. Several templates may be sealed under it;
/// erasing it makes all of them unreadable at once.
///
/// Immutable. Its text form is 32 lower-case hexadecimal digits.
public record KeyId(long high, long low) {
  public static KeyId random(SecureRandom random) {
    return new KeyId(random.nextLong(), random.nextLong());
  }

  /// @throws IllegalArgumentException if `text` is not 32 lower-case hexadecimal digits
  public static KeyId of(String text) {
    long[] halves = Hex.halves("key id", text);
    return new KeyId(halves[0], halves[1]);
  }

  @Override
  public String toString() {
    return Hex.text(high, low);
  }
}
