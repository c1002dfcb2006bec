package cn.mingmian.platform.staff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals the secrets of second factors, so that a stolen copy of the records opens nothing:
/// AES-256-GCM, bound to the account. Thread-safe; zeroed when closed.
public final class StaffKey implements AutoCloseable {
  private static final int NONCE = 12;

  private final byte[] key;
  private final SecureRandom random;

  private StaffKey(byte[] key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /// Reads the key, or makes one at the first start; the file is readable by its owner only.
  public static StaffKey openOrCreate(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, fresh);
        Arrays.fill(fresh, (byte) 0);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != 32) {
        throw new IllegalStateException(
            "key `%s` has %d bytes, expected 32".formatted(file, key.length));
      }
      return new StaffKey(key, random);
    } catch (IOException e) {
      throw new UncheckedIOException("key `%s`".formatted(file), e);
    }
  }

  byte[] seal(StaffId owner, byte[] secret) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = work(Cipher.ENCRYPT_MODE, owner, nonce, secret);
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return all;
  }

  byte[] open(StaffId owner, byte[] sealed) {
    return work(
        Cipher.DECRYPT_MODE,
        owner,
        Arrays.copyOf(sealed, NONCE),
        Arrays.copyOfRange(sealed, NONCE, sealed.length));
  }

  private byte[] work(int mode, StaffId owner, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(owner.value().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the second factor of `%s` cannot be opened: `keys/staff.key` is another"
              .formatted(owner),
          e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }
}
