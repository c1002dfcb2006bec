package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A root in a file of 64 bytes: magic, version, 32 random bytes, check sum.
final class KeyFileRoot extends RootKey {
  static final int KIND = 1;
  private static final byte[] MAGIC = "MMROOT\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int FILE_BYTES = 64;
  private static final int SECRET_AT = 16;
  private static final int CHECK_AT = 48;

  private final Secret secret;

  private KeyFileRoot(Secret secret) {
    this.secret = secret;
  }

  static KeyFileRoot create(Path file, SecureRandom random) {
    byte[] content = new byte[FILE_BYTES];
    byte[] secret = new byte[Secret.BYTES];
    random.nextBytes(secret);
    try {
      ByteBuffer.wrap(content).put(MAGIC).putShort((short) 1);
      System.arraycopy(secret, 0, content, SECRET_AT, secret.length);
      System.arraycopy(check(content), 0, content, CHECK_AT, FILE_BYTES - CHECK_AT);
      Disk.createSecret(file, content);
      return new KeyFileRoot(new Secret(secret));
    } catch (FileAlreadyExistsException e) {
      throw new VaultException(
          "root key file `%s` exists already: use it, or name another".formatted(file), e);
    } catch (IOException e) {
      throw Disk.failure(file, FILE_BYTES, "cannot write the root key file", e);
    } finally {
      Arrays.fill(content, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  static KeyFileRoot read(Path file) {
    byte[] content = new byte[0];
    try {
      refuseIfOthersMayRead(file);
      content = Files.readAllBytes(file);
      boolean whole =
          content.length == FILE_BYTES
              && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
              && MessageDigest.isEqual(
                  check(content), Arrays.copyOfRange(content, CHECK_AT, FILE_BYTES));
      if (!whole) {
        throw new VaultException(
            "`%s` is not a whole root key file of %d bytes: restore it from its spare copy"
                .formatted(file, FILE_BYTES));
      }
      return new KeyFileRoot(
          new Secret(Arrays.copyOfRange(content, SECRET_AT, SECRET_AT + Secret.BYTES)));
    } catch (NoSuchFileException e) {
      throw new VaultException(
          "root key file `%s` is missing: restore it from its spare copy".formatted(file), e);
    } catch (IOException e) {
      throw new VaultIoException("cannot read the root key file `%s`".formatted(file), e);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static void refuseIfOthersMayRead(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(Files.getPosixFilePermissions(file));
    permissions.remove(PosixFilePermission.OWNER_READ);
    permissions.remove(PosixFilePermission.OWNER_WRITE);
    if (!permissions.isEmpty()) {
      throw new VaultException(
          "root key file `%s` also allows %s: run `chmod 600` on it".formatted(file, permissions));
    }
  }

  private static byte[] check(byte[] content) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(content, 0, CHECK_AT);
      return Arrays.copyOf(sha.digest(), FILE_BYTES - CHECK_AT);
    } catch (NoSuchAlgorithmException e) {
      throw new VaultException("this Java runtime offers no SHA-256", e);
    }
  }

  @Override
  UnlockedRoot unlock(SecureRandom random) {
    return unlock(KIND, new byte[0]);
  }

  @Override
  UnlockedRoot unlock(int kind, byte[] parameters) {
    if (kind != KIND) {
      throw new WrongRootException(
          "the vault's root is %s, a key file was given".formatted(RootKey.kindName(kind)));
    }
    return new SecretRoot(KIND, parameters, secret.lend(s -> new Secret(s.clone())));
  }

  @Override
  public void close() {
    secret.close();
  }
}
