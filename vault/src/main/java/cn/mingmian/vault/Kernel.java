package cn.mingmian.vault;

import java.lang.foreign.MemorySegment;

/// The inner loops of search and transform, in a scalar form that anyone can check and a vector
/// form that is fast; tests hold them equal. Immutable.
interface Kernel {
  String name();

  /// Sum of products of `n` signed bytes, exact. Bytes are -127 to 127 and `n` is at most 16,384.
  int dotBytes(MemorySegment a, long aAt, MemorySegment b, long bAt, int n);

  /// Sum of products of `n` native floats, in float arithmetic.
  float dotFloats(MemorySegment a, long aAt, MemorySegment b, long bAt, int n);

  /// Sum of products of `n` native doubles.
  double dotDoubles(MemorySegment a, long aAt, MemorySegment b, long bAt, int n);

  /// `y += factor * x` over `n` native doubles.
  void addScaled(MemorySegment y, double factor, MemorySegment x, long xAt, int n);

  /// The fastest kernel this Java runtime offers: vectors if it was started with
  /// `--add-modules jdk.incubator.vector`, else scalars.
  static Kernel best() {
    boolean vectors =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && VectorKernel.wideEnough();
    return vectors ? new VectorKernel() : new ScalarKernel();
  }
}
