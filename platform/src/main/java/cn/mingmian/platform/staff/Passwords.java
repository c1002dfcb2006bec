package cn.mingmian.platform.staff;

import cn.mingmian.platform.records.RejectedRecordException;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords of staff: Argon2id (RFC 9106) with OWASP's setting of 19 MiB, two passes, one lane.
/// Thread-safe; no more than a few are worked out at a time, so that guessing cannot eat the
// memory.
final class Passwords {
  static final int SHORTEST = 12;
  static final int LONGEST = 128;

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int AT_A_TIME = 4;

  /// Of zxcvbn's five: 3 is "safely unguessable" for a hash that leaked.
  private static final int STRONG_ENOUGH = 3;

  /// What is known of zxcvbn grows fast with length; what lies behind this adds nothing.
  private static final int JUDGED = 48;

  private static final Zxcvbn JUDGE = new Zxcvbn();

  private final SecureRandom random;
  private final Semaphore working = new Semaphore(AT_A_TIME);

  Passwords(SecureRandom random) {
    this.random = random;
  }

  /// @throws RejectedRecordException `password-too-short`, `password-too-long`,
  // `password-guessable`
  void refuseWeak(char[] password, String name) {
    if (password.length < SHORTEST) {
      throw new RejectedRecordException(
          "password-too-short",
          "the password has %d characters, expected at least %d"
              .formatted(password.length, SHORTEST));
    }
    if (password.length > LONGEST) {
      throw new RejectedRecordException(
          "password-too-long",
          "the password has %d characters, expected at most %d"
              .formatted(password.length, LONGEST));
    }
    CharSequence judged = CharBuffer.wrap(password, 0, Math.min(password.length, JUDGED));
    if (JUDGE.measure(judged, List.of(name, "mingmian", "mingmian123")).getScore()
        < STRONG_ENOUGH) {
      throw new RejectedRecordException(
          "password-guessable",
          "the password is among the first that somebody would guess; a few unrelated words are better");
    }
  }

  String hash(char[] password) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    byte[] hash = argon2(password, salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(MEMORY_KIB, PASSES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  boolean matches(char[] password, String encoded) {
    String[] parts = encoded.split("\\$");
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    return MessageDigest.isEqual(expected, argon2(password, salt));
  }

  private byte[] argon2(char[] password, byte[] salt) {
    if (password.length > LONGEST) password = Arrays.copyOf(password, LONGEST);
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    Arrays.fill(encoded.array(), (byte) 0);
    working.acquireUninterruptibly();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(MEMORY_KIB)
              .withIterations(PASSES)
              .withParallelism(1)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[32];
      generator.generateBytes(bytes, hash);
      return hash;
    } finally {
      working.release();
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
