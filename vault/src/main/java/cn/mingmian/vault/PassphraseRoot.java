package cn.mingmian.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A root made from a passphrase by Argon2id (RFC 9106), with the second recommended setting of its
/// section 4: three passes over 64 MiB in four lanes. Salt and setting lie in the epoch file.
final class PassphraseRoot extends RootKey {
  static final int KIND = 2;
  static final int MIN_CHARACTERS = 12;
  private static final int PARAMETER_BYTES = 28;
  private static final int ARGON2ID = Argon2Parameters.ARGON2_id;
  private static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;
  private static final int LANES = 4;
  private static final int PASSES = 3;
  private static final int MEMORY_KIB = 1 << 16;

  /// A stored setting beyond these is refused, so that a forged file cannot exhaust the machine.
  private static final int MOST_LANES = 64;

  private static final int MOST_PASSES = 64;
  private static final int MOST_MEMORY_KIB = 1 << 20;

  private final byte[] passphrase;

  PassphraseRoot(char[] characters) {
    if (characters.length < MIN_CHARACTERS) {
      throw new IllegalArgumentException(
          "passphrase has %d characters, expected at least %d"
              .formatted(characters.length, MIN_CHARACTERS));
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
    passphrase = Arrays.copyOf(bytes.array(), bytes.limit());
    Arrays.fill(bytes.array(), (byte) 0);
  }

  @Override
  UnlockedRoot unlock(SecureRandom random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    byte[] parameters = new byte[PARAMETER_BYTES];
    ByteBuffer.wrap(parameters)
        .put((byte) ARGON2ID)
        .put((byte) VERSION)
        .putShort((short) LANES)
        .putInt(PASSES)
        .putInt(MEMORY_KIB)
        .put(salt);
    return unlock(KIND, parameters);
  }

  @Override
  UnlockedRoot unlock(int kind, byte[] parameters) {
    if (kind != KIND) {
      throw new WrongRootException(
          "the vault's root is %s, a passphrase was given".formatted(kindName(kind)));
    }
    if (parameters.length != PARAMETER_BYTES) {
      throw new VaultDamagedException(
          "the root's parameters have %d bytes, expected %d"
              .formatted(parameters.length, PARAMETER_BYTES));
    }
    ByteBuffer in = ByteBuffer.wrap(parameters);
    int type = in.get();
    int version = in.get();
    int lanes = in.getShort();
    int passes = in.getInt();
    int memory = in.getInt();
    byte[] salt = new byte[16];
    in.get(salt);
    boolean sane =
        type == ARGON2ID
            && version == VERSION
            && (lanes >= 1 && lanes <= MOST_LANES)
            && (passes >= 1 && passes <= MOST_PASSES)
            && (memory >= 8 * lanes && memory <= MOST_MEMORY_KIB);
    if (!sane) {
      throw new VaultDamagedException(
          "the root's Argon2 setting is type %d, version %d, %d lanes, %d passes, %d KiB: refused"
              .formatted(type, version, lanes, passes, memory));
    }
    byte[] secret = argon2id(passphrase, salt, lanes, passes, memory);
    return new SecretRoot(KIND, parameters, new Secret(secret));
  }

  static byte[] argon2id(byte[] passphrase, byte[] salt, int lanes, int passes, int memoryKib) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(ARGON2ID)
            .withVersion(VERSION)
            .withParallelism(lanes)
            .withIterations(passes)
            .withMemoryAsKB(memoryKib)
            .withSalt(salt)
            .build());
    byte[] secret = new byte[Secret.BYTES];
    argon2.generateBytes(passphrase, secret);
    return secret;
  }

  @Override
  public void close() {
    Arrays.fill(passphrase, (byte) 0);
  }
}
