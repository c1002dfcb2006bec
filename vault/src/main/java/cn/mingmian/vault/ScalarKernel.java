package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/// The reference: one value at a time.
final class ScalarKernel implements Kernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void dotRows(
      MemorySegment rows, long at, int count, int width, MemorySegment query, int[] sums) {
    for (int row = 0; row < count; row++) {
      long start = at + (long) row * width;
      int sum = 0;
      for (int i = 0; i < width; i++) {
        sum += rows.get(JAVA_BYTE, start + i) * query.getAtIndex(JAVA_SHORT, i);
      }
      sums[row] = sum;
    }
  }

  @Override
  public float dotFloats(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    float sum = 0;
    for (long i = 0; i < n * 4L; i += 4) {
      sum += a.get(JAVA_FLOAT_UNALIGNED, aAt + i) * b.get(JAVA_FLOAT_UNALIGNED, bAt + i);
    }
    return sum;
  }

  @Override
  public double dotDoubles(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    double sum = 0;
    for (long i = 0; i < n * 8L; i += 8) {
      sum += a.get(JAVA_DOUBLE_UNALIGNED, aAt + i) * b.get(JAVA_DOUBLE_UNALIGNED, bAt + i);
    }
    return sum;
  }

  @Override
  public void addScaled(MemorySegment y, double factor, MemorySegment x, long xAt, int n) {
    for (long i = 0; i < n * 8L; i += 8) {
      double sum = y.get(JAVA_DOUBLE_UNALIGNED, i) + factor * x.get(JAVA_DOUBLE_UNALIGNED, xAt + i);
      y.set(JAVA_DOUBLE_UNALIGNED, i, sum);
    }
  }
}
