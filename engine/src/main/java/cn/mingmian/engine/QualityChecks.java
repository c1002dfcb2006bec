package cn.mingmian.engine;

import cn.mingmian.engine.Quality.Component;
import cn.mingmian.engine.Quality.Finding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures one face and holds it against the bars of its use. Bars were chosen on the synthetic
/// portraits and on LFW; docs/design/quality.md says how, and with which counts.
final class QualityChecks {
  private static final int SIDE = Alignment.SIDE;
  private static final int PIXELS = SIDE * SIDE;

  private QualityChecks() {}

  /// @param aligned three planes of 112x112: blue, green, red, `(value - 127) / 128`
  static Quality assess(Frame frame, Face face, MemorySegment aligned, UseCase use) {
    float[] grey = new float[PIXELS];
    int[] histogram = new int[256];
    try {
      grey(aligned, grey);
      for (float value : grey) histogram[Math.clamp(Math.round(value), 0, 255)]++;
      HeadPose pose = HeadPose.of(face.landmarks());
      List<Finding> findings = new ArrayList<>();
      for (Component component : Component.values()) {
        double measured =
            switch (component) {
              case INTER_EYE_DISTANCE -> face.interEyeDistance();
              case SHARPNESS -> laplacianVariance(grey);
              case UNDER_EXPOSURE_PREVENTION -> mean(histogram);
              case OVER_EXPOSURE_PREVENTION -> share(histogram, 250);
              case DYNAMIC_RANGE -> percentile(histogram, 0.95) - percentile(histogram, 0.05);
              case ILLUMINATION_UNIFORMITY -> sideRatio(grey);
              case HEAD_POSE_YAW -> pose.yaw();
              case HEAD_POSE_PITCH -> pose.pitch();
              case HEAD_POSE_ROLL -> pose.roll();
              case FACE_INSIDE_PICTURE -> inside(frame, face);
              case EYES_OPEN -> eyesOpen(face.landmarks());
            };
        Bars bars = Bars.of(component);
        findings.add(
            new Finding(
                component, measured, bars.score(measured), bars.bar(use), bars.advice(measured)));
      }
      return new Quality(findings);
    } finally {
      Arrays.fill(grey, 0);
    }
  }

  private static void grey(MemorySegment aligned, float[] grey) {
    for (int i = 0; i < PIXELS; i++) {
      float blue = aligned.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float green = aligned.getAtIndex(ValueLayout.JAVA_FLOAT, PIXELS + i);
      float red = aligned.getAtIndex(ValueLayout.JAVA_FLOAT, 2L * PIXELS + i);
      grey[i] = (0.114f * blue + 0.587f * green + 0.299f * red) * 128 + 127;
    }
  }

  /// Over the middle of the face, where there is skin, eyes and mouth but no background.
  private static double laplacianVariance(float[] grey) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int y = 24; y < SIDE - 8; y++) {
      for (int x = 20; x < SIDE - 20; x++) {
        int at = y * SIDE + x;
        double laplacian =
            grey[at - 1] + grey[at + 1] + grey[at - SIDE] + grey[at + SIDE] - 4 * grey[at];
        sum += laplacian;
        squares += laplacian * laplacian;
        count++;
      }
    }
    double mean = sum / count;
    return squares / count - mean * mean;
  }

  private static double mean(int[] histogram) {
    double sum = 0;
    for (int level = 0; level < 256; level++) sum += (double) level * histogram[level];
    return sum / PIXELS;
  }

  private static double share(int[] histogram, int fromLevel) {
    int count = 0;
    for (int level = fromLevel; level < 256; level++) count += histogram[level];
    return (double) count / PIXELS;
  }

  private static double percentile(int[] histogram, double share) {
    int seen = 0;
    for (int level = 0; level < 256; level++) {
      seen += histogram[level];
      if (seen >= share * PIXELS) return level;
    }
    return 255;
  }

  private static double sideRatio(float[] grey) {
    double left = 1;
    double right = 1;
    for (int y = 40; y < 100; y++) {
      for (int x = 24; x < SIDE - 24; x++) {
        if (x < SIDE / 2) left += grey[y * SIDE + x];
        else right += grey[y * SIDE + x];
      }
    }
    return Math.min(left, right) / Math.max(left, right);
  }

  private static double inside(Frame frame, Face face) {
    long inside =
        face.landmarks().stream()
            .filter(
                point ->
                    point.x() >= 0
                        && point.y() >= 0
                        && point.x() < frame.width()
                        && point.y() < frame.height())
            .count();
    return inside / 68.0;
  }

  private static double eyesOpen(List<Point> points) {
    return Math.min(eyeOpen(points, 36), eyeOpen(points, 42));
  }

  /// Eye aspect ratio (Soukupová and Čech 2016).
  private static double eyeOpen(List<Point> points, int first) {
    double height =
        distance(points.get(first + 1), points.get(first + 5))
            + distance(points.get(first + 2), points.get(first + 4));
    return height / (2 * Math.max(1e-6, distance(points.get(first), points.get(first + 3))));
  }

  private static double distance(Point a, Point b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }

  /// Where a component's scale of 0 to 100 begins and ends, and what each use asks for.
  ///
  /// @param useless   native value that scores 0
  /// @param ideal     native value that scores 100; below `useless` where less is better
  /// @param magnitude whether the sign does not matter
  private record Bars(
      double useless,
      double ideal,
      boolean magnitude,
      int enrolment,
      int probe,
      Sentence low,
      Sentence high) {
    static Bars of(Component component) {
      return switch (component) {
        case INTER_EYE_DISTANCE ->
            bars(10, 60, 60, 20, "请靠近镜头。", "please come closer to the camera.");
        case SHARPNESS ->
            bars(
                0,
                300,
                25,
                2,
                "照片模糊。请保持不动，并擦净镜头。",
                "the photo is blurred. Please hold still and clean the lens.");
        case UNDER_EXPOSURE_PREVENTION ->
            bars(10, 90, 40, 8, "光线太暗。请到亮处或开灯。", "it is too dark. Please find more light.");
        case OVER_EXPOSURE_PREVENTION ->
            bars(0.5, 0, 80, 40, "光线太强。请避开直射光。", "it is too bright. Please avoid direct light.");
        case DYNAMIC_RANGE ->
            bars(
                10,
                120,
                40,
                15,
                "画面对比度太低。请改善光线，并擦净镜头。",
                "there is too little contrast. Please improve the light and clean the lens.");
        case ILLUMINATION_UNIFORMITY ->
            bars(
                0.1,
                0.9,
                45,
                10,
                "脸部一侧太暗。请让光线从正面照来。",
                "one side of the face is too dark. Please let the light come from the front.");
        case HEAD_POSE_YAW ->
            turned(
                60,
                35,
                10,
                "请把脸转向您的左侧，正对镜头。",
                "please turn your head to your left, straight to the camera.",
                "请把脸转向您的右侧，正对镜头。",
                "please turn your head to your right, straight to the camera.");
        case HEAD_POSE_PITCH ->
            turned(
                50,
                35,
                8,
                "请抬头，平视镜头。",
                "please raise your head and look straight ahead.",
                "请低头，平视镜头。",
                "please lower your head and look straight ahead.");
        case HEAD_POSE_ROLL ->
            turned(
                60,
                60,
                25,
                "请把头摆正。",
                "please hold your head upright.",
                "请把头摆正。",
                "please hold your head upright.");
        case FACE_INSIDE_PICTURE ->
            bars(
                0.5,
                1,
                95,
                80,
                "脸没有完全进入画面。请移到画面中央。",
                "the face is cut off. Please move to the middle of the picture.");
        case EYES_OPEN -> bars(0.05, 0.3, 32, 0, "请睁开眼睛。", "please open your eyes.");
      };
    }

    private static Bars bars(
        double useless, double ideal, int enrolment, int probe, String zh, String en) {
      Sentence advice = new Sentence(zh, en);
      return new Bars(useless, ideal, false, enrolment, probe, advice, advice);
    }

    private static Bars turned(
        double useless,
        int enrolment,
        int probe,
        String lowZh,
        String lowEn,
        String highZh,
        String highEn) {
      return new Bars(
          useless,
          0,
          true,
          enrolment,
          probe,
          new Sentence(lowZh, lowEn),
          new Sentence(highZh, highEn));
    }

    int score(double measured) {
      double value = magnitude ? Math.abs(measured) : measured;
      double share = (value - useless) / (ideal - useless);
      return Double.isNaN(share) ? 0 : (int) Math.round(100 * Math.clamp(share, 0, 1));
    }

    int bar(UseCase use) {
      return switch (use) {
        case ENROLMENT -> enrolment;
        case PROBE -> probe;
        case EVALUATION -> 0;
      };
    }

    Sentence advice(double measured) {
      return measured < 0 ? low : high;
    }
  }
}
