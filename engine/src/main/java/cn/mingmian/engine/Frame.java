package cn.mingmian.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A decoded photo, upright: 8-bit RGB, interleaved, no padding, in native memory that is zeroed
/// and freed on close. One thread at a time.
public final class Frame implements Photo, AutoCloseable {
  private final int width;
  private final int height;
  private final Arena arena;
  private final MemorySegment pixels;
  private boolean closed;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Frame(int width, int height) {
    this.width = width;
    this.height = height;
    this.arena = Arena.ofShared();
    this.pixels =
        arena.allocate(Math.multiplyExact(Math.multiplyExact((long) width, height), 3L), 64);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /// Width * height * 3 bytes: red, green, blue, row by row from the top left. Read-only and dead
  /// after [#close]; raw frames are face information and must not be kept.
  public MemorySegment rgb() {
    return pixels.asReadOnly();
  }

  MemorySegment pixels() {
    return pixels;
  }

  /// Copies some samples of one row, three a pixel.
  void copyRow(int y, int firstSample, int samples, byte[] into) {
    long at = (long) y * width * 3 + firstSample;
    MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, at, into, 0, samples);
  }

  /// Zeroes and frees the pixels; closing again does nothing.
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    pixels.fill((byte) 0);
    arena.close();
  }
}
