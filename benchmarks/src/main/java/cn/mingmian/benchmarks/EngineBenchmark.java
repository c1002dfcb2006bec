package cn.mingmian.benchmarks;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.CaptureArea;
import cn.mingmian.engine.EngineSettings;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.Frame;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import cn.mingmian.engine.Photo;
import cn.mingmian.engine.Unreadable;
import cn.mingmian.engine.UseCase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// Photo to template against the bare models, in one process, round by round in turn, so that a
/// busy
/// machine slows both alike. Times are the thread's own processor time. Arguments: models folder,
/// then photos. Prints median and 95th percentile in milliseconds.
///
/// ```
/// java -cp ... cn.mingmian.benchmarks.EngineBenchmark models faces/images/p01/enrol.jpg
/// ```
public final class EngineBenchmark {
  private static final int WARM_UP = 150;
  private static final int ROUNDS = 300;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private EngineBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2)
      throw new IllegalArgumentException("expected a models folder and one photo or more");
    long begun = System.nanoTime();
    ModelStore store = new ModelStore(Path.of(arguments[0]));
    try (FaceEngine engine =
        FaceEngine.open(store, ModelPack.byDefault(), EngineSettings.defaults())) {
      System.out.printf(
          Locale.ROOT, "engine ready in %.0f ms (wall)%n", (System.nanoTime() - begun) / 1e6);
      System.out.printf(
          "%-40s %15s %15s %15s %7s%n",
          "photo", "decode", "bare models", "photo-template", "ratio");
      for (int i = 1; i < arguments.length; i++) measure(engine, Path.of(arguments[i]));
    }
  }

  private static void measure(FaceEngine engine, Path photo) throws IOException {
    byte[] encoded = Files.readAllBytes(photo);
    double[] decode = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    double[] whole = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      int slot = Math.max(0, round);
      long start = THREADS.getCurrentThreadCpuTime();
      try (Frame frame = frame(engine.decode(encoded))) {
        long decoded = THREADS.getCurrentThreadCpuTime();
        bare[slot] = engine.bareInference(frame).orElseThrow() / 1e6;
        long before = THREADS.getCurrentThreadCpuTime();
        try (Analysis analysis = engine.analyse(frame, UseCase.PROBE, CaptureArea.wholeFrame())) {
          if (!(analysis instanceof Analysis.OneFace)) {
            throw new IllegalArgumentException(
                "`%s` gives %s, not a template".formatted(photo, analysis));
          }
        }
        whole[slot] = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
        decode[slot] = (decoded - start) / 1e6;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-40s %15s %15s %15s %7.3f%n",
        photo.getParent() == null
            ? photo
            : photo.getParent().getFileName() + "/" + photo.getFileName(),
        summary(decode),
        summary(bare),
        summary(whole),
        median(whole) / median(bare));
  }

  private static Frame frame(Photo photo) {
    return switch (photo) {
      case Frame frame -> frame;
      case Unreadable answer -> throw new IllegalArgumentException(answer.toString());
    };
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String summary(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT, "%.2f / %.2f", sorted[sorted.length / 2], sorted[sorted.length * 95 / 100]);
  }
}
