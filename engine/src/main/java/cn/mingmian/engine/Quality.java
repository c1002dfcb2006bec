package cn.mingmian.engine;

import java.util.List;

/// What was measured about a face, every component, whether it reached its bar or not. Immutable.
public record Quality(List<Finding> findings) {
  public Quality {
    findings = List.copyOf(findings);
  }

  /// Those below their bar, in the order of [Component].
  public List<Finding> failed() {
    return findings.stream().filter(finding -> !finding.passed()).toList();
  }

  /// One component.
  ///
  /// @param component   which
  /// @param nativeValue in the component's own unit, see [Component]
  /// @param score       0 (useless) to 100 (ideal)
  /// @param bar         the score that the use case asks for
  /// @param advice      what the person in front of the camera can do
  public record Finding(
      Component component, double nativeValue, int score, int bar, Sentence advice) {
    public Finding {
      if (score < 0 || score > 100)
        throw new IllegalArgumentException("score is `%d`, expected 0..100".formatted(score));
    }

    public boolean passed() {
      return score >= bar;
    }
  }

  /// Names of ISO/IEC 29794-5:2025; the measures are this engine's own.
  public enum Component {
    /// Pixels between the eye centres.
    INTER_EYE_DISTANCE,
    /// Variance of the Laplacian over the aligned 112x112 face, grey levels squared.
    SHARPNESS,
    /// Mean grey level of the aligned face, 0..255: too low.
    UNDER_EXPOSURE_PREVENTION,
    /// Share of the aligned face's pixels that are burnt out, 0..1.
    OVER_EXPOSURE_PREVENTION,
    /// Grey levels between the 5th and the 95th percentile of the aligned face.
    DYNAMIC_RANGE,
    /// Ratio of the darker to the lighter half of the face, 0..1.
    ILLUMINATION_UNIFORMITY,
    /// Degrees the head is turned to the side; positive towards the viewer's right.
    HEAD_POSE_YAW,
    /// Degrees the head is raised (positive) or lowered.
    HEAD_POSE_PITCH,
    /// Degrees the head leans; positive clockwise for the viewer.
    HEAD_POSE_ROLL,
    /// Share of the face's outline that lies inside the picture, 0..1.
    FACE_INSIDE_PICTURE,
    /// Height to width of the more closed eye.
    EYES_OPEN
  }
}
