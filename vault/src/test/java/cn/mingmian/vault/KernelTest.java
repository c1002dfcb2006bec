package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelTest {
  private final Kernel scalar = new ScalarKernel();
  private final Kernel vector = new VectorKernel();

  @Test
  void the_tests_run_with_vectors() {
    assertThat(Kernel.best().name()).startsWith("vector");
  }

  @Test
  void vector_sums_equal_scalar_sums_at_every_length() {
    try (Arena arena = Arena.ofConfined()) {
      Random random = new Random(11);
      for (int n = 1; n <= 600; n += n < 140 ? 1 : 37) {
        MemorySegment a = arena.allocate(n * 8L + 64, 8);
        MemorySegment b = arena.allocate(n * 8L + 64, 8);
        for (int i = 0; i < n; i++) {
          a.set(ValueLayout.JAVA_BYTE, 3 + i, (byte) (random.nextInt(255) - 127));
          b.set(ValueLayout.JAVA_BYTE, 5 + i, (byte) (random.nextInt(255) - 127));
        }
        assertThat(vector.dotBytes(a, 3, b, 5, n)).isEqualTo(scalar.dotBytes(a, 3, b, 5, n));
        for (int i = 0; i < n; i++) {
          a.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat(-1, 1));
          b.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat(-1, 1));
        }
        assertThat(vector.dotFloats(a, 0, b, 0, n))
            .isCloseTo(scalar.dotFloats(a, 0, b, 0, n), within(n * 0x1p-22f));
        for (int i = 0; i < n; i++) {
          a.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble(-1, 1));
          b.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble(-1, 1));
        }
        assertThat(vector.dotDoubles(a, 0, b, 0, n))
            .isCloseTo(scalar.dotDoubles(a, 0, b, 0, n), within(n * 0x1p-51));
        MemorySegment y = arena.allocate(n * 8L, 8).copyFrom(a.asSlice(0, n * 8L));
        vector.addScaled(y, 0.25, b, 0, n);
        scalar.addScaled(a, 0.25, b, 0, n);
        for (int i = 0; i < n; i++) {
          assertThat(y.getAtIndex(ValueLayout.JAVA_DOUBLE, i))
              .isCloseTo(a.getAtIndex(ValueLayout.JAVA_DOUBLE, i), within(0x1p-50));
        }
      }
    }
  }

  @Test
  void the_largest_bytes_do_not_overflow() {
    try (Arena arena = Arena.ofConfined()) {
      int n = TemplateFile.MAX_DIMENSIONS;
      MemorySegment a = arena.allocate(n).fill((byte) 127);
      MemorySegment b = arena.allocate(n).fill((byte) -127);
      assertThat(vector.dotBytes(a, 0, a, 0, n)).isEqualTo(n * 127 * 127);
      assertThat(vector.dotBytes(a, 0, b, 0, n)).isEqualTo(-n * 127 * 127);
    }
  }
}
