package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;

/// File `vault`, 64 bytes: what a vault is, fixed when it is made. Nothing secret.
record Head(Suite suite, byte[] vault, Instant createdAt) {
  static final String FILE = "vault";
  static final int BYTES = 64;
  static final int VERSION = 1;
  private static final byte[] MAGIC = "MMVAULT\0".getBytes(StandardCharsets.US_ASCII);

  static Head create(Suite suite, SecureRandom random, Instant now) {
    byte[] vault = new byte[16];
    random.nextBytes(vault);
    return new Head(suite, vault, Instant.ofEpochMilli(now.toEpochMilli()));
  }

  byte[] encode() {
    byte[] bytes = new byte[BYTES];
    ByteBuffer.wrap(bytes)
        .put(MAGIC)
        .putShort((short) VERSION)
        .putShort((short) suite.id())
        .putInt(0)
        .put(vault)
        .putLong(createdAt.toEpochMilli());
    Checksum.put(bytes);
    return bytes;
  }

  static Head read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES || !Arrays.equals(bytes, 0, 8, MAGIC, 0, 8)) {
      throw new VaultDamagedException(
          "`%s` is not the head of a vault: %d bytes, expected %d beginning with MMVAULT"
              .formatted(file, bytes.length, BYTES));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).position(8);
    int version = in.getShort();
    if (version != VERSION) {
      throw new VaultDamagedException(
          "`%s` has format version %d, this software reads %d: use the software that wrote it"
              .formatted(file, version, VERSION));
    }
    if (!Checksum.fits(bytes)) {
      throw new VaultDamagedException(
          "`%s` is damaged: its check sum does not fit".formatted(file));
    }
    Suite suite = Suite.of(in.getShort(), "`%s`".formatted(file));
    in.getInt();
    byte[] vault = new byte[16];
    in.get(vault);
    return new Head(suite, vault, Instant.ofEpochMilli(in.getLong()));
  }
}
