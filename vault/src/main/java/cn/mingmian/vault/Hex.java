package cn.mingmian.vault;

import java.util.HexFormat;

/// The text form of 128-bit ids: 32 lower-case hexadecimal digits.
final class Hex {
  private static final HexFormat HEX = HexFormat.of();

  private Hex() {}

  static String text(long high, long low) {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  static long[] halves(String what, String text) {
    if (!text.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException(
          "%s `%s` is not 32 lower-case hexadecimal digits".formatted(what, text));
    }
    return new long[] {
      HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32)
    };
  }
}
