package cn.mingmian.vault;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// CRC-32C in the last four bytes of a fixed-size record: tells disk damage from a wrong key.
final class Checksum {
  private Checksum() {}

  static void put(byte[] record) {
    ByteBuffer.wrap(record).putInt(record.length - Integer.BYTES, of(record));
  }

  static boolean fits(byte[] record) {
    return ByteBuffer.wrap(record).getInt(record.length - Integer.BYTES) == of(record);
  }

  private static int of(byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(record, 0, record.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
