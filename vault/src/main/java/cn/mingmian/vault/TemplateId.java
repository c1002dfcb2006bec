package cn.mingmian.vault;

import java.security.SecureRandom;

/// Names one sealed template and says nothing else: 128 random bits, tied to a person only in the
/// records that live outside the vault.
///
/// Immutable. Its text form is 32 lower-case hexadecimal digits.
public record TemplateId(long high, long low) {
  public static TemplateId random(SecureRandom random) {
    return new TemplateId(random.nextLong(), random.nextLong());
  }

  /// @throws IllegalArgumentException if `text` is not 32 lower-case hexadecimal digits
  public static TemplateId of(String text) {
    long[] halves = Hex.halves("template id", text);
    return new TemplateId(halves[0], halves[1]);
  }

  @Override
  public String toString() {
    return Hex.text(high, low);
  }
}
