package cn.mingmian.vault;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;

/// The key that wraps every slot of one key table; itself wrapped by the root in
/// `epoch-<number>.key`. Destroying it makes every copy of that table unreadable.
///
/// Thread-safe until closed.
final class EpochKey implements AutoCloseable {
  private static final byte[] MAGIC = "MMEPOCH\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SLOT_INFO =
      "mingmian vault 1 slot".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_PARAMETERS = 4096;
  private static final int MAX_WRAPPED = 4096;

  private final Head head;
  private final long number;
  private final Instant createdAt;
  private final Secret secret;
  private final Secret slotKey;

  private EpochKey(Head head, long number, Instant createdAt, byte[] secret) {
    this.head = head;
    this.number = number;
    this.createdAt = createdAt;
    byte[] derived = head.suite().derive(secret, head.vault(), SLOT_INFO, Secret.BYTES);
    this.slotKey = new Secret(derived);
    this.secret = new Secret(secret);
  }

  static EpochKey create(Head head, long number, SecureRandom random, Instant now) {
    byte[] secret = new byte[Secret.BYTES];
    random.nextBytes(secret);
    return new EpochKey(head, number, Instant.ofEpochMilli(now.toEpochMilli()), secret);
  }

  static String fileName(long number) {
    return "epoch-%016x.key".formatted(number);
  }

  long number() {
    return number;
  }

  Instant createdAt() {
    return createdAt;
  }

  /// The file's content, wrapped by `root`.
  byte[] encode(UnlockedRoot root, SecureRandom random) {
    byte[] parameters = root.parameters();
    byte[] front = new byte[68 + parameters.length];
    ByteBuffer.wrap(front)
        .put(MAGIC)
        .putShort((short) Head.VERSION)
        .putShort((short) head.suite().id())
        .putShort((short) root.kind())
        .putShort((short) parameters.length)
        .put(head.vault())
        .putLong(number)
        .putLong(createdAt.toEpochMilli())
        .put(root.id())
        .putInt(0)
        .put(parameters);
    byte[] wrapped = secret.lend(s -> root.wrap(head.suite(), head.vault(), s, front, random));
    byte[] file = Arrays.copyOf(front, front.length + 2 + wrapped.length + 4);
    ByteBuffer.wrap(file).position(front.length).putShort((short) wrapped.length).put(wrapped);
    Checksum.put(file);
    return file;
  }

  /// What an epoch file says before it is unwrapped.
  record Stored(
      long number,
      Instant createdAt,
      int rootKind,
      byte[] rootId,
      byte[] parameters,
      byte[] front,
      byte[] wrapped) {}

  static Stored stored(Path file, Head head) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < 68 + 2 + 4
        || !Arrays.equals(bytes, 0, 8, MAGIC, 0, 8)
        || !Checksum.fits(bytes)) {
      throw new VaultDamagedException(
          "epoch key `%s` is damaged: restore it from the key backup".formatted(file));
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes).position(8);
      int version = in.getShort();
      int suite = in.getShort();
      if (version != Head.VERSION || suite != head.suite().id()) {
        throw new VaultDamagedException(
            "epoch key `%s` has version %d and suite %d, expected %d and %d"
                .formatted(file, version, suite, Head.VERSION, head.suite().id()));
      }
      int kind = in.getShort();
      int parametersLength = in.getShort();
      byte[] vault = new byte[16];
      in.get(vault);
      if (!Arrays.equals(vault, head.vault())) {
        throw new VaultDamagedException(
            "epoch key `%s` belongs to vault %s, not to this one (%s)"
                .formatted(file, hex(vault), hex(head.vault())));
      }
      long number = in.getLong();
      Instant createdAt = Instant.ofEpochMilli(in.getLong());
      byte[] rootId = new byte[16];
      in.get(rootId);
      in.getInt();
      byte[] parameters = take(in, parametersLength, MAX_PARAMETERS, file);
      byte[] front = Arrays.copyOf(bytes, in.position());
      byte[] wrapped = take(in, in.getShort(), MAX_WRAPPED, file);
      return new Stored(number, createdAt, kind, rootId, parameters, front, wrapped);
    } catch (BufferUnderflowException e) {
      throw new VaultDamagedException("epoch key `%s` is cut short".formatted(file));
    }
  }

  private static byte[] take(ByteBuffer in, int length, int most, Path file) {
    if (length < 0 || length > most) {
      throw new VaultDamagedException(
          "epoch key `%s` has a field of %d bytes, expected 0 to %d".formatted(file, length, most));
    }
    byte[] taken = new byte[length];
    in.get(taken);
    return taken;
  }

  /// @throws WrongRootException if `root` did not wrap it
  static EpochKey unwrap(Stored stored, Head head, UnlockedRoot root) {
    if (!Arrays.equals(stored.rootId(), root.id())) {
      throw new WrongRootException(
          "wrong root key: the vault is protected by root %s, root %s was given"
              .formatted(hex(stored.rootId()), hex(root.id())));
    }
    try {
      byte[] secret = root.unwrap(head.suite(), head.vault(), stored.wrapped(), stored.front());
      return new EpochKey(head, stored.number(), stored.createdAt(), secret);
    } catch (AEADBadTagException e) {
      throw new VaultDamagedException(
          "epoch key %d was altered: its root is right, its tag does not fit"
              .formatted(stored.number()));
    }
  }

  byte[] wrapSlot(byte[] nonce, byte[] associated, byte[] plain) {
    return withSlotKey(key -> head.suite().seal(key, nonce, associated, plain));
  }

  byte[] unwrapSlot(byte[] nonce, byte[] associated, byte[] wrapped) throws AEADBadTagException {
    byte[] key = slotKey.lend(k -> Arrays.copyOf(k, head.suite().keyBytes()));
    try {
      return head.suite().open(key, nonce, associated, wrapped);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] withSlotKey(java.util.function.Function<byte[], byte[]> use) {
    byte[] key = slotKey.lend(k -> Arrays.copyOf(k, head.suite().keyBytes()));
    try {
      return use.apply(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    secret.close();
    slotKey.close();
  }
}
