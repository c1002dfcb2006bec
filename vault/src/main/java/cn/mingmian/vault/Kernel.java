package cn.mingmian.vault;

import java.lang.foreign.MemorySegment;

/// The inner loops of search and transform, in a scalar form that anyone can check and a vector
/// form that is fast; tests hold them equal. Immutable.
interface Kernel {
  /// Rows of bytes are as long as a multiple of this, the rest being zero: no loop needs a tail.
  int ROW_STEP = 64;

  String name();

  /// Products of packed rows of signed bytes with one query, exact. Bytes are -127 to 127.
  ///
  /// @param rows   `count` rows of `width` bytes each, one behind the other; below 2 GiB
  /// @param at     where the first begins
  /// @param width  a multiple of [#ROW_STEP], at most 16,384
  /// @param query  `width` native shorts of -127 to 127
  /// @param sums   receives one sum a row, from index 0
  void dotRows(MemorySegment rows, long at, int count, int width, MemorySegment query, int[] sums);

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
