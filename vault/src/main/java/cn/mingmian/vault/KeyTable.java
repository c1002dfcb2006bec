package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/// File `keys-<epoch>.tab`: slots of 128 bytes, each with one wrapped key. A slot is overwritten in
/// place to destroy its key, and lies within one disk sector, so it is there or gone, never half.
///
/// Reading is thread-safe; writing needs the vault's writing lock.
final class KeyTable implements AutoCloseable {
  static final int SLOT = 128;
  static final int OWNER = 1;
  static final int TEMPLATE = 2;
  static final int TRANSFORM = 3;
  private static final int GROWTH = 512;
  private static final byte[] MAGIC = "MMKEYTAB".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ASSOCIATED = "mingmian slot 1\0".getBytes(StandardCharsets.US_ASCII);
  private static final int CLEAR_BYTES = 60;
  static final long MAX_EXPIRY_MILLIS = (1L << 56) - 1;

  /// What a slot says in clear; it is the associated data of the wrapped key.
  ///
  /// @param kind  OWNER, TEMPLATE or TRANSFORM
  /// @param expiresMillis  of a template; else 0
  /// @param ownerHigh  of a template its key id, of a transform its gallery, else 0
  /// @param generation  of a template: which writing of its file this key opens
  record Slot(
      int kind,
      long expiresMillis,
      long idHigh,
      long idLow,
      long ownerHigh,
      long ownerLow,
      long galleryHigh,
      long galleryLow,
      long generation) {

    byte[] clear() {
      byte[] bytes = new byte[CLEAR_BYTES];
      ByteBuffer.wrap(bytes)
          .putLong(((long) kind << 56) | expiresMillis)
          .putLong(idHigh)
          .putLong(idLow)
          .putLong(ownerHigh)
          .putLong(ownerLow)
          .putLong(galleryHigh)
          .putLong(galleryLow)
          .putInt((int) generation);
      return bytes;
    }

    static Slot of(ByteBuffer in) {
      long first = in.getLong();
      return new Slot(
          (int) (first >>> 56),
          first & MAX_EXPIRY_MILLIS,
          in.getLong(),
          in.getLong(),
          in.getLong(),
          in.getLong(),
          in.getLong(),
          in.getLong(),
          Integer.toUnsignedLong(in.getInt()));
    }
  }

  /// A slot found when the table was read.
  record Found(int index, Slot slot) {}

  private final Head head;
  private final EpochKey epoch;
  private final Path file;
  private final FileChannel channel;
  private final BitSet used = new BitSet();
  private int capacity;

  /// No slot before this one is free.
  private int firstFree = 1;

  private final List<Found> found = new ArrayList<>();
  private final List<Integer> damaged = new ArrayList<>();

  /// The next epoch's table while it is being filled: it gets every change as well.
  private @Nullable KeyTable successor;

  private KeyTable(Head head, EpochKey epoch, Path file, FileChannel channel) {
    this.head = head;
    this.epoch = epoch;
    this.file = file;
    this.channel = channel;
  }

  static String fileName(long epoch) {
    return "keys-%016x.tab".formatted(epoch);
  }

  /// The first slot: says what the file is.
  static byte[] header(Head head, long epoch) {
    byte[] bytes = new byte[SLOT];
    ByteBuffer.wrap(bytes)
        .put(MAGIC)
        .putShort((short) Head.VERSION)
        .putShort((short) head.suite().id())
        .putInt(SLOT)
        .put(head.vault())
        .putLong(epoch);
    Checksum.put(bytes);
    return bytes;
  }

  static KeyTable open(Head head, EpochKey epoch, Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      KeyTable table = new KeyTable(head, epoch, file, channel);
      table.readAll();
      opened = true;
      return table;
    } finally {
      if (!opened) channel.close();
    }
  }

  /// Begins the table of the next epoch beside this one; filled by `copyTo`, made live by
  /// `succeed`.
  KeyTable beginSuccessor(EpochKey next, Path part) throws IOException {
    Disk.destroy(part);
    Disk.createSecret(part, header(head, next.number()));
    FileChannel opened = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE);
    KeyTable table = new KeyTable(head, next, part, opened);
    table.used.set(0);
    table.capacity = 1;
    successor = table;
    return table;
  }

  /// Gives up a successor that was not made live.
  void abandonSuccessor() throws IOException {
    KeyTable abandoned = successor;
    successor = null;
    if (abandoned == null) return;
    abandoned.close();
    Disk.destroy(abandoned.file);
  }

  /// Slots in the file, free ones and the header included.
  int capacity() {
    return capacity;
  }

  /// Wraps the slots `from` to `to` under the successor's key.
  ///
  /// @return how many keys that were
  int copyTo(KeyTable next, int from, int to, SecureRandom random) throws IOException {
    int keys = 0;
    int end = Math.min(to, capacity);
    if (end <= from) return 0;
    byte[] block = Disk.readFully(channel, (long) from * SLOT, (end - from) * SLOT);
    ByteBuffer out = ByteBuffer.allocate(block.length);
    byte[] slot = new byte[SLOT];
    for (int at = 0; at < block.length; at += SLOT) {
      System.arraycopy(block, at, slot, 0, SLOT);
      if (!isZero(slot)) {
        keys++;
        next.used.set(from + at / SLOT);
        slot = rewrapped(slot, next, random);
      }
      out.put(slot);
    }
    Disk.writeFully(next.channel, out.flip(), (long) from * SLOT);
    next.capacity = Math.max(next.capacity, end);
    return keys;
  }

  /// A slot that cannot be unwrapped stays as it is: still damaged, still reported.
  private byte[] rewrapped(byte[] slot, KeyTable next, SecureRandom random) {
    if (!Checksum.fits(slot)) return slot;
    Slot said = Slot.of(ByteBuffer.wrap(slot));
    byte[] key = new byte[0];
    try {
      key = unwrap(slot);
      return next.encode(said, key, random);
    } catch (AEADBadTagException e) {
      return slot;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// Makes a filled successor live by moving it to its name: from then on it is the table.
  void succeed(Path name) throws IOException {
    channel.force(true);
    Disk.moveInto(file, name);
  }

  private void readAll() throws IOException {
    long size = channel.size();
    byte[] first = new byte[0];
    if (size >= SLOT) first = Disk.readFully(channel, 0, SLOT);
    if (!Arrays.equals(first, header(head, epoch.number()))) {
      throw new VaultDamagedException(
          "key table `%s` does not begin as the table of epoch %d of this vault"
              .formatted(file, epoch.number()));
    }
    // A last slot cut short was never acknowledged: its write had not reached the disk.
    capacity = (int) (size / SLOT);
    used.set(0);
    int at = 1;
    byte[] slot = new byte[SLOT];
    while (at < capacity) {
      int count = Math.min(capacity - at, 1 << 13);
      byte[] block = Disk.readFully(channel, (long) at * SLOT, count * SLOT);
      for (int i = 0; i < count; i++, at++) {
        System.arraycopy(block, i * SLOT, slot, 0, SLOT);
        if (isZero(slot)) continue;
        used.set(at);
        Slot read = Slot.of(ByteBuffer.wrap(slot));
        if (Checksum.fits(slot) && read.kind() >= OWNER && read.kind() <= TRANSFORM) {
          found.add(new Found(at, read));
        } else {
          damaged.add(at);
        }
      }
    }
  }

  private static boolean isZero(byte[] slot) {
    for (byte b : slot) if (b != 0) return false;
    return true;
  }

  /// Slots present when the table was opened.
  List<Found> found() {
    return found;
  }

  /// Slots whose check sum does not fit, when the table was opened.
  List<Integer> damaged() {
    return damaged;
  }

  EpochKey epoch() {
    return epoch;
  }

  /// A slot as it is written, with its key wrapped under this epoch.
  byte[] encode(Slot slot, byte[] key, SecureRandom random) {
    byte[] nonce = new byte[Suite.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] clear = slot.clear();
    byte[] bytes = Arrays.copyOf(clear, SLOT);
    ByteBuffer.wrap(bytes)
        .position(CLEAR_BYTES)
        .put(nonce)
        .put(epoch.wrapSlot(nonce, associated(clear), key));
    Checksum.put(bytes);
    return bytes;
  }

  private byte[] associated(byte[] clear) {
    byte[] all = new byte[16 + 2 + 16 + 8 + CLEAR_BYTES];
    ByteBuffer.wrap(all)
        .put(ASSOCIATED)
        .putShort((short) head.suite().id())
        .put(head.vault())
        .putLong(epoch.number())
        .put(clear);
    return all;
  }

  /// Writes slots where there is room and returns, once they are on disk, where they are. On
  /// failure none of them is kept.
  int[] add(List<byte[]> slots, SecureRandom random) throws IOException {
    int[] where = new int[slots.size()];
    int next = firstFree;
    for (int i = 0; i < where.length; i++) {
      next = used.nextClearBit(next);
      where[i] = next++;
    }
    if (next > capacity) grow(next);
    boolean kept = false;
    try {
      for (int i = 0; i < where.length; i++) {
        Disk.writeFully(channel, ByteBuffer.wrap(slots.get(i)), (long) where[i] * SLOT);
      }
      channel.force(false);
      for (int index : where) used.set(index);
      firstFree = next;
      if (successor != null) {
        for (int index : where) copyTo(successor, index, index + 1, random);
      }
      kept = true;
      return where;
    } finally {
      if (!kept) {
        for (int index : where) {
          free(index);
          Disk.writeFully(channel, ByteBuffer.allocate(SLOT), (long) index * SLOT);
          if (successor != null && index < successor.capacity) successor.destroy(List.of(index));
        }
      }
    }
  }

  private void free(int index) {
    used.clear(index);
    firstFree = Math.min(firstFree, index);
  }

  private void grow(int needed) throws IOException {
    int grown = Math.max(needed, capacity + GROWTH);
    boolean done = false;
    try {
      Disk.writeFully(
          channel, ByteBuffer.allocate((grown - capacity) * SLOT), (long) capacity * SLOT);
      channel.force(true);
      capacity = grown;
      done = true;
    } finally {
      if (!done) channel.truncate((long) capacity * SLOT);
    }
  }

  /// Overwrites slots with zeros; returns when that is on disk. Needs no free space.
  void destroy(List<Integer> indices) throws IOException {
    if (indices.isEmpty()) return;
    for (int index : indices) {
      Disk.writeFully(channel, ByteBuffer.allocate(SLOT), (long) index * SLOT);
    }
    channel.force(false);
    for (int index : indices) free(index);
    if (successor != null) {
      List<Integer> copied = indices.stream().filter(i -> i < successor.capacity).toList();
      successor.destroy(copied);
    }
  }

  /// The key in a slot, unwrapped. The caller zeroes it.
  ///
  /// @throws AEADBadTagException if the slot is not `expected`, or was altered
  byte[] key(int index, Slot expected) throws IOException, AEADBadTagException {
    byte[] bytes = Disk.readFully(channel, (long) index * SLOT, SLOT);
    if (!Arrays.equals(Arrays.copyOf(bytes, CLEAR_BYTES), expected.clear())) {
      throw new AEADBadTagException("slot %d holds another key".formatted(index));
    }
    return unwrap(bytes);
  }

  /// The key in a slot's bytes.
  byte[] unwrap(byte[] bytes) throws AEADBadTagException {
    byte[] clear = Arrays.copyOf(bytes, CLEAR_BYTES);
    return epoch.unwrapSlot(
        Arrays.copyOfRange(bytes, CLEAR_BYTES, CLEAR_BYTES + Suite.NONCE_BYTES),
        associated(clear),
        Arrays.copyOfRange(bytes, CLEAR_BYTES + Suite.NONCE_BYTES, SLOT - 4 - 4));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
