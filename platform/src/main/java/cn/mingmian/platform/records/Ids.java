package cn.mingmian.platform.records;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/// Random ids: a prefix of two to four letters that tells the kind, and 130 bits in Crockford's
/// base 32.
///
/// They carry no time and no order, so an id says nothing about the person behind it. Thread-safe.
public final class Ids {
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 26;
  private static final Pattern SHAPE = Pattern.compile("[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}");

  private final SecureRandom random;

  public Ids(SecureRandom random) {
    this.random = random;
  }

  /// @param prefix  two to four lower-case letters
  public String next(String prefix) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    StringBuilder id = new StringBuilder(prefix).append('_');
    for (byte b : bytes) id.append(ALPHABET[b & 31]);
    return id.toString();
  }

  /// 32 random bytes: salts and single-use tags.
  public byte[] secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Checks an id from outside.
  ///
  /// @return the same id
  /// @throws MalformedIdException if it has another kind or shape
  public static String check(String prefix, String id) {
    if (id.length() == prefix.length() + 1 + LENGTH
        && id.startsWith(prefix + "_")
        && SHAPE.matcher(id).matches()) {
      return id;
    }
    throw new MalformedIdException(prefix, id);
  }
}
