package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// File `erasures.log`: appended records of 128 bytes, one when an erasure begins, one when it is
/// done. Ids, counts and times only. One thread at a time, under the vault's writing lock.
final class ErasureLog implements AutoCloseable {
  static final String FILE = "erasures.log";
  static final int RECORD = 128;
  private static final int BLOCK = RECORD << 9;
  private static final byte[] MAGIC = "MMERASE\0".getBytes(StandardCharsets.US_ASCII);
  static final int KEY = 1;
  static final int TEMPLATE = 2;
  static final int EPOCH = 3;
  private static final int BEGUN = 1;
  private static final int DONE = 2;

  /// @param kind  KEY, TEMPLATE or EPOCH (then `low` is its number)
  /// @param finishedMillis  0 while it is not finished
  record Entry(
      int kind,
      long high,
      long low,
      int templates,
      int keys,
      long bytes,
      long epoch,
      long begunMillis,
      long finishedMillis) {

    boolean finished() {
      return finishedMillis != 0;
    }

    Entry finishedAt(long millis) {
      return new Entry(kind, high, low, templates, keys, bytes, epoch, begunMillis, millis);
    }

    String target() {
      return Hex.text(high, low);
    }
  }

  private record Target(int kind, long high, long low) {}

  private final FileChannel channel;
  private final Map<Target, Entry> entries = new LinkedHashMap<>();
  private long end;

  private ErasureLog(FileChannel channel) {
    this.channel = channel;
  }

  static byte[] header(Head head) {
    byte[] bytes = new byte[RECORD];
    ByteBuffer.wrap(bytes)
        .put(MAGIC)
        .putShort((short) Head.VERSION)
        .putShort((short) head.suite().id())
        .putInt(RECORD)
        .put(head.vault());
    Checksum.put(bytes);
    return bytes;
  }

  static ErasureLog open(Head head, Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      ErasureLog log = new ErasureLog(channel);
      log.readAll(head, file);
      opened = true;
      return log;
    } finally {
      if (!opened) channel.close();
    }
  }

  private void readAll(Head head, Path file) throws IOException {
    long size = channel.size();
    byte[] first = size >= RECORD ? Disk.readFully(channel, 0, RECORD) : new byte[0];
    if (!Arrays.equals(first, header(head))) {
      throw new VaultDamagedException(
          "erasure log `%s` does not begin as the log of this vault".formatted(file));
    }
    byte[] block = {};
    for (end = RECORD; end + RECORD <= size; end += RECORD) {
      int within = (int) ((end - RECORD) % BLOCK);
      if (within == 0) {
        block = Disk.readFully(channel, end, (int) Math.min(BLOCK, (size - end) / RECORD * RECORD));
      }
      byte[] record = Arrays.copyOfRange(block, within, within + RECORD);
      boolean last = end + 2 * RECORD > size;
      if (!Checksum.fits(record)) {
        // Only the last record can be half-written, and then its erasure was not acknowledged.
        if (last) break;
        throw new VaultDamagedException(
            "erasure log `%s` is damaged at byte %d".formatted(file, end));
      }
      ByteBuffer in = ByteBuffer.wrap(record);
      in.getInt();
      int kind = in.getInt();
      Entry entry =
          new Entry(
              kind,
              in.getLong(),
              in.getLong(),
              in.getInt(),
              in.getInt(),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getLong());
      entries.put(new Target(kind, entry.high(), entry.low()), entry);
    }
  }

  @Nullable Entry find(int kind, long high, long low) {
    return entries.get(new Target(kind, high, low));
  }

  /// All erasures, oldest first.
  Iterable<Entry> all() {
    return entries.values().stream().toList();
  }

  /// Remembers without writing: for an erasure that must go on though the disk is full.
  void remember(Entry entry) {
    entries.put(new Target(entry.kind(), entry.high(), entry.low()), entry);
  }

  /// Appends; returns when it is on disk.
  void append(Entry entry) throws IOException {
    byte[] record = new byte[RECORD];
    ByteBuffer.wrap(record)
        .putInt(entry.finished() ? DONE : BEGUN)
        .putInt(entry.kind())
        .putLong(entry.high())
        .putLong(entry.low())
        .putInt(entry.templates())
        .putInt(entry.keys())
        .putLong(entry.bytes())
        .putLong(entry.epoch())
        .putLong(entry.begunMillis())
        .putLong(entry.finishedMillis());
    Checksum.put(record);
    boolean kept = false;
    try {
      Disk.writeFully(channel, ByteBuffer.wrap(record), end);
      channel.force(true);
      end += RECORD;
      kept = true;
    } finally {
      if (!kept) channel.truncate(end);
    }
    remember(entry);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
