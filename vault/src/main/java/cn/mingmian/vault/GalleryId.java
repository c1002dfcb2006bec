package cn.mingmian.vault;

import java.security.SecureRandom;

/// Names one gallery: the templates of one purpose at one site, searched together.
///
/// Immutable. Its text form is 32 lower-case hexadecimal digits.
public record GalleryId(long high, long low) {
  public static GalleryId random(SecureRandom random) {
    return new GalleryId(random.nextLong(), random.nextLong());
  }

  /// @throws IllegalArgumentException if `text` is not 32 lower-case hexadecimal digits
  public static GalleryId of(String text) {
    long[] halves = Hex.halves("gallery id", text);
    return new GalleryId(halves[0], halves[1]);
  }

  @Override
  public String toString() {
    return Hex.text(high, low);
  }
}
