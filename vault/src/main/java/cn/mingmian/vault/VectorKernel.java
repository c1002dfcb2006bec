package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The same sums with the Vector API, as wide as this processor's registers.
final class VectorKernel implements Kernel {
  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

  private static final int RAISE = 0x8000;

  /// Half a register of bytes fills a register of shorts.
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class,
          VectorShape.forBitSize(Math.max(64, ShortVector.SPECIES_PREFERRED.vectorBitSize() / 2)));

  /// Whether registers hold at least 128 bits, which the byte kernel needs.
  static boolean wideEnough() {
    return SHORTS.vectorBitSize() >= 128;
  }

  @Override
  public String name() {
    return "vector, %d bits".formatted(FLOATS.vectorBitSize());
  }

  /// Two rows at a time, so that each part of the query is loaded once for both. Hardly more than
  /// the reading of the rows is left to be seen: see docs/performance/search.md.
  @Override
  public void dotRows(
      MemorySegment rows, long at, int count, int width, MemorySegment query, int[] sums) {
    for (int row = 0; row < count; row += 2) {
      // Offsets are ints on purpose: of a loop over longs, checks stay that cost half as much
      // again.
      int one = Math.toIntExact(at + (long) row * width);
      int two = row + 1 < count ? one + width : one;
      dotPair(rows, one, two, width, query, sums, row, Math.min(row + 1, count - 1));
    }
  }

  private static void dotPair(
      MemorySegment rows,
      int one,
      int two,
      int width,
      MemorySegment query,
      int[] sums,
      int toOne,
      int toTwo) {
    int lanes = BYTES.length();
    IntVector sumOne = IntVector.zero(INTS);
    IntVector sumTwo = IntVector.zero(INTS);
    for (int i = 0; i < width; i += 2 * lanes) {
      ShortVector low = ShortVector.fromMemorySegment(SHORTS, query, 2 * i, NATIVE);
      ShortVector high = ShortVector.fromMemorySegment(SHORTS, query, 2 * (i + lanes), NATIVE);
      // Two products of at most 127 * 127 each fit a short: 32,258 of 32,767.
      IntVector pairs =
          shorts(rows, one + i)
              .mul(low)
              .add(shorts(rows, one + i + lanes).mul(high))
              .reinterpretAsInts();
      sumOne = sumOne.add(lowHalf(pairs)).add(pairs.lanewise(VectorOperators.ASHR, 16));
      pairs =
          shorts(rows, two + i)
              .mul(low)
              .add(shorts(rows, two + i + lanes).mul(high))
              .reinterpretAsInts();
      sumTwo = sumTwo.add(lowHalf(pairs)).add(pairs.lanewise(VectorOperators.ASHR, 16));
    }
    // One short in two was a low half, and each of those was raised.
    int raised = width / 4 * RAISE;
    sums[toOne] = sumOne.reduceLanes(VectorOperators.ADD) - raised;
    sums[toTwo] = sumTwo.reduceLanes(VectorOperators.ADD) - raised;
  }

  /// The low short of each int plus [#RAISE], never negative: one instruction where widening with
  /// the sign takes two.
  private static IntVector lowHalf(IntVector pairs) {
    return pairs.lanewise(VectorOperators.XOR, RAISE).and(0xffff);
  }

  private static ShortVector shorts(MemorySegment segment, long at) {
    return (ShortVector)
        ByteVector.fromMemorySegment(BYTES, segment, at, NATIVE)
            .convertShape(VectorOperators.B2S, SHORTS, 0);
  }

  @Override
  public float dotFloats(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    int lanes = FLOATS.length();
    FloatVector one = FloatVector.zero(FLOATS);
    FloatVector two = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - 2 * lanes; i += 2 * lanes) {
      one = floats(a, aAt, i).fma(floats(b, bAt, i), one);
      two = floats(a, aAt, i + lanes).fma(floats(b, bAt, i + lanes), two);
    }
    float total = one.add(two).reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      total +=
          a.get(JAVA_FLOAT_UNALIGNED, aAt + i * 4L) * b.get(JAVA_FLOAT_UNALIGNED, bAt + i * 4L);
    }
    return total;
  }

  private static FloatVector floats(MemorySegment segment, long at, int index) {
    return FloatVector.fromMemorySegment(FLOATS, segment, at + index * 4L, NATIVE);
  }

  @Override
  public double dotDoubles(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    int lanes = DOUBLES.length();
    DoubleVector one = DoubleVector.zero(DOUBLES);
    DoubleVector two = DoubleVector.zero(DOUBLES);
    int i = 0;
    for (; i <= n - 2 * lanes; i += 2 * lanes) {
      one = doubles(a, aAt, i).fma(doubles(b, bAt, i), one);
      two = doubles(a, aAt, i + lanes).fma(doubles(b, bAt, i + lanes), two);
    }
    double total = one.add(two).reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      total +=
          a.get(JAVA_DOUBLE_UNALIGNED, aAt + i * 8L) * b.get(JAVA_DOUBLE_UNALIGNED, bAt + i * 8L);
    }
    return total;
  }

  private static DoubleVector doubles(MemorySegment segment, long at, int index) {
    return DoubleVector.fromMemorySegment(DOUBLES, segment, at + index * 8L, NATIVE);
  }

  @Override
  public void addScaled(MemorySegment y, double factor, MemorySegment x, long xAt, int n) {
    int lanes = DOUBLES.length();
    int i = 0;
    for (; i <= n - lanes; i += lanes) {
      doubles(x, xAt, i)
          .lanewise(VectorOperators.FMA, DoubleVector.broadcast(DOUBLES, factor), doubles(y, 0, i))
          .intoMemorySegment(y, i * 8L, NATIVE);
    }
    for (; i < n; i++) {
      double sum =
          y.get(JAVA_DOUBLE_UNALIGNED, i * 8L)
              + factor * x.get(JAVA_DOUBLE_UNALIGNED, xAt + i * 8L);
      y.set(JAVA_DOUBLE_UNALIGNED, i * 8L, sum);
    }
  }
}
