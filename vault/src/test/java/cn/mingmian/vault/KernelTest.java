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
  void vector_rows_equal_scalar_rows_at_every_width_and_count() {
    Random random = new Random(17);
    for (int width = 64; width <= 1024; width += 64) {
      for (int count = 1; count <= 5; count++) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment rows = arena.allocate(7 + (long) count * width);
          MemorySegment query = arena.allocate(width * 2L, 2);
          for (long i = 0; i < rows.byteSize(); i++) {
            rows.set(ValueLayout.JAVA_BYTE, i, (byte) (random.nextInt(255) - 127));
          }
          for (int i = 0; i < width; i++) {
            query.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (random.nextInt(255) - 127));
          }
          int[] expected = new int[6];
          int[] found = new int[6];
          scalar.dotRows(rows, 7, count, width, query, expected);
          vector.dotRows(rows, 7, count, width, query, found);
          assertThat(found).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void the_largest_bytes_do_not_overflow() {
    try (Arena arena = Arena.ofConfined()) {
      int n = TemplateFile.MAX_DIMENSIONS;
      MemorySegment rows = arena.allocate(2L * n).fill((byte) 127);
      rows.asSlice(n, n).fill((byte) -127);
      MemorySegment query = arena.allocate(2L * n, 2);
      for (int i = 0; i < n; i++) query.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) 127);
      int[] sums = new int[2];
      vector.dotRows(rows, 0, 2, n, query, sums);
      assertThat(sums).containsExactly(n * 127 * 127, -n * 127 * 127);
    }
  }
}
