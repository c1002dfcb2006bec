package cn.mingmian.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A copy of an encoded photo reduced to what its pixels need. Thumbnails, colour profiles,
/// comments
/// and other metadata never reach the decoders behind: they are where hostile files hide, and where
/// decoders allocate what a length field says.
final class Essence implements AutoCloseable {
  private final Buffer out;

  Essence(int mostBytes) {
    this.out = new Buffer(mostBytes);
  }

  Essence add(byte[] bytes, int from, int length) {
    out.write(bytes, from, length);
    return this;
  }

  Essence addLittleEndian(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  /// The copy; whoever takes it zeroes it.
  byte[] take() {
    return out.toByteArray();
  }

  /// Zeroes what was gathered.
  @Override
  public void close() {
    out.erase();
  }

  private static final class Buffer extends ByteArrayOutputStream {
    Buffer(int size) {
      super(size);
    }

    void erase() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
