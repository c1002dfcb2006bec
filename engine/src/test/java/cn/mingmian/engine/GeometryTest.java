package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.engine.Resampler.Edge;
import cn.mingmian.engine.Resampler.Planes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GeometryTest {
  private static Frame noise(int width, int height, long seed) {
    Frame frame = new Frame(width, height);
    Random random = new Random(seed);
    for (long i = 0; i < frame.pixels().byteSize(); i++)
      frame.pixels().set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(256));
    return frame;
  }

  /// The definition, pixel by pixel: what the fast path is held against.
  private static double reference(
      Frame frame, Face.Box from, int width, int height, int x, int y, int channel, Edge edge) {
    double sum = 0;
    double[][] columns = taps(from.left(), from.width(), width, x);
    double[][] rows = taps(from.top(), from.height(), height, y);
    for (double[] row : rows) {
      for (double[] column : columns) {
        int px = (int) column[0];
        int py = (int) row[0];
        boolean outside = px < 0 || py < 0 || px >= frame.width() || py >= frame.height();
        if (outside && edge == Edge.ZERO) continue;
        px = Math.clamp(px, 0, frame.width() - 1);
        py = Math.clamp(py, 0, frame.height() - 1);
        long at = ((long) py * frame.width() + px) * 3 + channel;
        sum += row[1] * column[1] * (frame.pixels().get(ValueLayout.JAVA_BYTE, at) & 0xff);
      }
    }
    return sum;
  }

  private static double[][] taps(double start, double length, int target, int i) {
    double scale = length / target;
    if (scale <= 1) {
      double centre = start + (i + 0.5) * scale - 0.5;
      double low = Math.floor(centre);
      return new double[][] {{low, 1 - (centre - low)}, {low + 1, centre - low}};
    }
    double from = start + i * scale;
    double to = from + scale;
    java.util.ArrayList<double[]> taps = new java.util.ArrayList<>();
    for (double at = Math.floor(from); at < to; at++) {
      taps.add(new double[] {at, (Math.min(to, at + 1) - Math.max(from, at)) / scale});
    }
    return taps.toArray(double[][]::new);
  }

  @Test
  void scaling_equals_its_definition_growing_shrinking_and_beyond_the_edge() {
    try (Frame frame = noise(53, 41, 7);
        Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(3L * 30 * 24 * Float.BYTES);
      Resampler resampler = new Resampler();
      for (Edge edge : Edge.values()) {
        for (Face.Box from :
            List.of(
                new Face.Box(0, 0, 53, 41),
                new Face.Box(10.3, 5.7, 30.1, 22.2),
                new Face.Box(-9.5, -7.25, 70, 60),
                new Face.Box(40, 30, 80.5, 33))) {
          resampler.scale(frame, from, 30, 24, Planes.BGR, edge, 127, 1 / 128f, into);
          for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < 24; y++) {
              for (int x = 0; x < 30; x++) {
                double expected =
                    (reference(frame, from, 30, 24, x, y, 2 - channel, edge) - 127) / 128;
                float found =
                    into.getAtIndex(ValueLayout.JAVA_FLOAT, ((long) channel * 24 + y) * 30 + x);
                assertThat((double) found)
                    .as("%s %s %d,%d", edge, from, x, y)
                    .isCloseTo(expected, Offset.offset(1e-4));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void a_box_wholly_outside_is_black() {
    try (Frame frame = noise(40, 40, 3);
        Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(64L * Float.BYTES);
      new Resampler()
          .scale(frame, new Face.Box(100, 100, 120, 120), 8, 8, Planes.GREY, Edge.ZERO, 0, 1, into);
      for (int i = 0; i < 64; i++) assertThat(into.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isZero();
    }
  }

  @Test
  void alignment_finds_the_similarity_that_made_the_points() {
    double angle = 0.3;
    double scale = 2.5;
    List<Point> template =
        List.of(
            new Point(38.2946, 51.6963),
            new Point(73.5318, 51.5014),
            new Point(56.0252, 71.7366),
            new Point(41.5493, 92.3655),
            new Point(70.7299, 92.2041));
    List<Point> moved =
        template.stream()
            .map(
                p ->
                    new Point(
                        scale * (Math.cos(angle) * p.x() - Math.sin(angle) * p.y()) + 40,
                        scale * (Math.sin(angle) * p.x() + Math.cos(angle) * p.y()) - 12))
            .toList();
    Alignment.Similarity towards = Alignment.towards(Alignment.FACE, moved);
    for (int i = 0; i < 5; i++) {
      Point p = moved.get(i);
      assertThat(towards.a() * p.x() - towards.b() * p.y() + towards.tx())
          .isCloseTo(template.get(i).x(), Offset.offset(1e-9));
      assertThat(towards.b() * p.x() + towards.a() * p.y() + towards.ty())
          .isCloseTo(template.get(i).y(), Offset.offset(1e-9));
    }
  }

  @Test
  void landmarks_on_one_spot_are_refused() {
    List<Point> spot =
        List.of(
            new Point(5, 5), new Point(5, 5), new Point(5, 5), new Point(5, 5), new Point(5, 5));
    assertThatThrownBy(() -> Alignment.towards(Alignment.FACE, spot))
        .isInstanceOf(Alignment.DegenerateLandmarksException.class);
  }

  @Test
  void a_capture_area_keeps_those_inside_and_near() {
    CaptureArea left =
        new CaptureArea(
            List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1)), 0.2);
    Face near = new Face(new Face.Box(10, 10, 40, 50), 0.9, List.of());
    Face far = new Face(new Face.Box(10, 10, 20, 24), 0.9, List.of());
    Face right = new Face(new Face.Box(60, 10, 90, 50), 0.9, List.of());
    assertThat(left.holds(near, 100, 100)).isTrue();
    assertThat(left.holds(far, 100, 100)).isFalse();
    assertThat(left.holds(right, 100, 100)).isFalse();
    assertThatThrownBy(() -> new CaptureArea(List.of(new Point(0, 0), new Point(1, 1)), 0))
        .hasMessageContaining("2 corners");
    assertThatThrownBy(
            () -> new CaptureArea(List.of(new Point(0, 0), new Point(1, 1), new Point(0, 2)), 0))
        .hasMessageContaining("outside the frame");
  }

  @Test
  void tiny_weights_become_zero_and_nothing_else_changes() {
    byte[] model =
        TestModels.oneInitializer(new float[] {1, 1e-13f, -1e-30f, 1e-40f, 2e-12f, 0, -3});
    byte[] untouched = model.clone();
    assertThat(OnnxWeights.flushTiny(model)).isEqualTo(3);
    byte[] expected = TestModels.oneInitializer(new float[] {1, 0, 0, 0, 2e-12f, 0, -3});
    assertThat(model).isEqualTo(expected).isNotEqualTo(untouched);
    assertThatThrownBy(() -> OnnxWeights.flushTiny(new byte[] {0x3a, 0x7f, 1}))
        .hasMessageContaining("reaches beyond");
  }
}
