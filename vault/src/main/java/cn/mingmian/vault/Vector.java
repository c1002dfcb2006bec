package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A vector as native doubles for a moment of arithmetic, zeroed at close. One thread at a time.
final class Vector implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment values;
  private final int dimensions;

  Vector(int dimensions) {
    this.dimensions = dimensions;
    this.values = arena.allocate((long) dimensions * Double.BYTES, 64);
  }

  /// Copies floats in native byte order.
  static Vector of(MemorySegment floats) {
    Vector made = new Vector((int) (floats.byteSize() / Float.BYTES));
    for (int i = 0; i < made.dimensions; i++) {
      float value = floats.get(JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES);
      made.values.setAtIndex(JAVA_DOUBLE, i, value);
    }
    return made;
  }

  /// Reads little-endian floats, as they are sealed.
  static Vector ofLittleEndian(byte[] floats) {
    Vector made = new Vector(floats.length / Float.BYTES);
    ByteBuffer in = ByteBuffer.wrap(floats).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < made.dimensions; i++) made.values.setAtIndex(JAVA_DOUBLE, i, in.getFloat());
    return made;
  }

  /// Rounded to little-endian floats, as they are sealed. The caller zeroes them.
  byte[] toLittleEndian() {
    byte[] bytes = new byte[dimensions * Float.BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < dimensions; i++) out.putFloat((float) values.getAtIndex(JAVA_DOUBLE, i));
    return bytes;
  }

  int dimensions() {
    return dimensions;
  }

  MemorySegment values() {
    return values;
  }

  /// Scales to length one.
  Vector normalise(Kernel kernel) {
    double length = Math.sqrt(kernel.dotDoubles(values, 0, values, 0, dimensions));
    for (int i = 0; i < dimensions; i++) {
      values.setAtIndex(JAVA_DOUBLE, i, values.getAtIndex(JAVA_DOUBLE, i) / length);
    }
    return this;
  }

  double cosine(Vector other, Kernel kernel) {
    double dot = kernel.dotDoubles(values, 0, other.values, 0, dimensions);
    double mine = kernel.dotDoubles(values, 0, values, 0, dimensions);
    double theirs = kernel.dotDoubles(other.values, 0, other.values, 0, dimensions);
    return Math.clamp(dot / Math.sqrt(mine * theirs), -1, 1);
  }

  @Override
  public void close() {
    values.fill((byte) 0);
    arena.close();
  }
}
