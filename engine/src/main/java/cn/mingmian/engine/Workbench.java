package cn.mingmian.engine;

import cn.mingmian.engine.Resampler.Edge;
import cn.mingmian.engine.Resampler.Planes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The steps from frame to template, with memory of its own. One thread at a time; the engine lends
/// its benches out one by one.
final class Workbench implements AutoCloseable {
  private static final int DETECT_WIDTH = 320;
  private static final int DETECT_HEIGHT = 240;
  private static final int CANDIDATES = 4420;
  private static final double LEAST_SCORE = 0.6;
  private static final double MOST_OVERLAP = 0.4;
  private static final int LANDMARK_SIDE = 64;
  private static final int LIVENESS_SIDE = 128;

  private final String modelId;
  private final int dimensions;
  private final Alignment.Target target;
  private final Arena arena = Arena.ofShared();
  private final Resampler resampler = new Resampler();
  private final Net.Bench detector;
  private final Net.Bench landmarks;
  private final Net.Bench template;
  private final Net.Bench liveness;

  /// The face as quality is judged on it; the template model's input where that wants the same.
  private final MemorySegment aligned;

  Workbench(ModelPack pack, Net detector, Net landmarks, Net template, Net liveness) {
    this.modelId = pack.id();
    this.dimensions = pack.template().dimensions();
    this.target = pack.template().target();
    this.detector =
        detector.bench(
            new long[] {1, 3, DETECT_HEIGHT, DETECT_WIDTH},
            List.of(
                new Net.Output("scores", 1, CANDIDATES, 2),
                new Net.Output("boxes", 1, CANDIDATES, 4)));
    this.landmarks =
        landmarks.bench(
            new long[] {1, 1, LANDMARK_SIDE, LANDMARK_SIDE},
            List.of(new Net.Output("output", 1, 136)));
    this.template =
        template.bench(
            new long[] {1, 3, target.side(), target.side()},
            List.of(new Net.Output("output", 1, dimensions)));
    this.liveness =
        liveness.bench(
            new long[] {1, 3, LIVENESS_SIDE, LIVENESS_SIDE},
            List.of(new Net.Output("output", 1, 3)));
    this.aligned =
        target.equals(Alignment.FACE)
            ? this.template.input()
            : arena.allocate(3L * Alignment.SIDE * Alignment.SIDE * Float.BYTES, 64);
  }

  /// Faces of the whole frame, best score first, without landmarks.
  List<Face> detect(Frame frame) {
    resampler.scale(
        frame,
        new Face.Box(0, 0, frame.width(), frame.height()),
        DETECT_WIDTH,
        DETECT_HEIGHT,
        Planes.RGB,
        Edge.CLAMP,
        127,
        1 / 128f,
        detector.input());
    detector.run();
    MemorySegment scores = detector.output(0);
    MemorySegment boxes = detector.output(1);
    List<Face> candidates = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      float score = scores.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1);
      if (!(score >= LEAST_SCORE)) continue;
      double left = boxes.getAtIndex(ValueLayout.JAVA_FLOAT, 4L * i) * (double) frame.width();
      double top = boxes.getAtIndex(ValueLayout.JAVA_FLOAT, 4L * i + 1) * (double) frame.height();
      double right = boxes.getAtIndex(ValueLayout.JAVA_FLOAT, 4L * i + 2) * (double) frame.width();
      double bottom =
          boxes.getAtIndex(ValueLayout.JAVA_FLOAT, 4L * i + 3) * (double) frame.height();
      if (right > left && bottom > top)
        candidates.add(new Face(new Face.Box(left, top, right, bottom), score, List.of()));
    }
    candidates.sort(Comparator.comparingDouble(Face::score).reversed());
    List<Face> kept = new ArrayList<>();
    for (Face candidate : candidates) {
      if (kept.stream()
          .noneMatch(face -> face.box().intersectionOverUnion(candidate.box()) > MOST_OVERLAP))
        kept.add(candidate);
    }
    return kept;
  }

  /// The same face with its 68 points, found in two passes: the second looks at what the first
  /// found.
  Face landmarks(Frame frame, Face face) {
    List<Point> rough = landmarks(frame, square(face.box().centre(), 1.1 * face.box().height()));
    double left = rough.stream().mapToDouble(Point::x).min().orElseThrow();
    double right = rough.stream().mapToDouble(Point::x).max().orElseThrow();
    double top = rough.stream().mapToDouble(Point::y).min().orElseThrow();
    double bottom = rough.stream().mapToDouble(Point::y).max().orElseThrow();
    double side = 1.1 * Math.max(right - left, bottom - top);
    // A face of a few pixels gives points on one spot: the first pass has to do.
    if (!(side >= 2)) return new Face(face.box(), face.score(), rough);
    Point centre = new Point((left + right) / 2, (top + bottom) / 2);
    return new Face(face.box(), face.score(), landmarks(frame, square(centre, side)));
  }

  private List<Point> landmarks(Frame frame, Face.Box square) {
    resampler.scale(
        frame,
        square,
        LANDMARK_SIDE,
        LANDMARK_SIDE,
        Planes.GREY,
        Edge.ZERO,
        0,
        1 / 256f,
        landmarks.input());
    landmarks.run();
    MemorySegment output = landmarks.output(0);
    List<Point> points = new ArrayList<>(68);
    for (int i = 0; i < 68; i++) {
      points.add(
          new Point(
              square.left() + output.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i) * square.width(),
              square.top()
                  + output.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1) * square.height()));
    }
    return points;
  }

  private static Face.Box square(Point centre, double side) {
    return new Face.Box(
        centre.x() - side / 2, centre.y() - side / 2, centre.x() + side / 2, centre.y() + side / 2);
  }

  /// Aligns the face into the template model's input.
  ///
  /// @return the face for quality: three planes of 112x112, blue, green, red
  MemorySegment align(Frame frame, Face face) {
    align(frame, face, target, template.input());
    if (!aligned.equals(template.input())) align(frame, face, Alignment.FACE, aligned);
    return aligned;
  }

  private static void align(Frame frame, Face face, Alignment.Target target, MemorySegment into) {
    Alignment.warp(frame, Alignment.towards(target, face.fivePoints()), target.side(), into);
  }

  /// The template of the face aligned last.
  FaceTemplate template() {
    template.run();
    MemorySegment output = template.output(0);
    double norm = 0;
    for (int i = 0; i < dimensions; i++) {
      double value = output.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      norm += value * value;
    }
    double scale = 1 / Math.sqrt(norm);
    if (!Double.isFinite(scale)) {
      throw new Net.InferenceException("template model gave values without a length", null);
    }
    for (int i = 0; i < dimensions; i++) {
      output.setAtIndex(
          ValueLayout.JAVA_FLOAT,
          i,
          (float) (output.getAtIndex(ValueLayout.JAVA_FLOAT, i) * scale));
    }
    return new FaceTemplate(modelId, output);
  }

  /// Share of certainty, 0..1, that a live face and no picture of one is before the camera.
  double liveness(Frame frame, Face face) {
    Face.Box box = face.box();
    double scale =
        Math.min(
            2.7, Math.min((frame.width() - 1) / box.height(), (frame.height() - 1) / box.height()));
    double side = box.height() * scale;
    Point centre = box.centre();
    double left = Math.clamp(centre.x() - side / 2, 0, Math.max(0, frame.width() - side));
    double top = Math.clamp(centre.y() - side / 2, 0, Math.max(0, frame.height() - side));
    resampler.scale(
        frame,
        new Face.Box(left, top, left + side, top + side),
        LIVENESS_SIDE,
        LIVENESS_SIDE,
        Planes.BGR,
        Edge.CLAMP,
        0,
        1,
        liveness.input());
    liveness.run();
    MemorySegment logits = liveness.output(0);
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 3; i++) most = Math.max(most, logits.getAtIndex(ValueLayout.JAVA_FLOAT, i));
    double sum = 0;
    for (int i = 0; i < 3; i++)
      sum += Math.exp(logits.getAtIndex(ValueLayout.JAVA_FLOAT, i) - most);
    return Math.exp(logits.getAtIndex(ValueLayout.JAVA_FLOAT, 0) - most) / sum;
  }

  /// See [FaceEngine#bareInference].
  OptionalLong bareInference(Frame frame) {
    List<Face> faces = detect(frame);
    if (faces.isEmpty()) return OptionalLong.empty();
    Face face = landmarks(frame, faces.getFirst());
    align(frame, face);
    liveness(frame, face);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    detector.run();
    landmarks.run();
    landmarks.run();
    liveness.run();
    template.run();
    return OptionalLong.of(threads.getCurrentThreadCpuTime() - begun);
  }

  List<MemorySegment> memory() {
    return Stream.concat(
            Stream.of(aligned),
            Stream.of(detector, landmarks, template, liveness)
                .flatMap(bench -> bench.memory().stream()))
        .toList();
  }

  /// Zeroes what the last photo left behind.
  void erase() {
    detector.erase();
    landmarks.erase();
    template.erase();
    liveness.erase();
    aligned.fill((byte) 0);
  }

  @Override
  public void close() {
    aligned.fill((byte) 0);
    arena.close();
    detector.close();
    landmarks.close();
    template.close();
    liveness.close();
  }
}
