package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The reference: one value at a time.
final class ScalarKernel implements Kernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int dotBytes(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    int sum = 0;
    for (long i = 0; i < n; i++) sum += a.get(JAVA_BYTE, aAt + i) * b.get(JAVA_BYTE, bAt + i);
    return sum;
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
