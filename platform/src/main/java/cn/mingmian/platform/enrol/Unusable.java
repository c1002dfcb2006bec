package cn.mingmian.platform.enrol;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.Unreadable;
import java.util.List;
import java.util.Optional;

/// Why a photo gave no template. No face information came out of it. Immutable.
///
/// @param kind    which case
/// @param advice  what the person can do; all reasons at once
/// @param faces   where faces were seen
/// @param dropped faces that were seen and not looked at: outside the capture area
public record Unusable(Kind kind, List<Advice> advice, List<Outline> faces, int dropped) {
  public Unusable {
    advice = List.copyOf(advice);
    faces = List.copyOf(faces);
  }

  /// The cases.
  public enum Kind {
    NO_FACE,
    SEVERAL_FACES,
    POOR_QUALITY,
    UNREADABLE
  }

  /// Empty where the photo was good enough to be judged: one face, live or not.
  public static Optional<Unusable> of(Analysis seen) {
    return switch (seen) {
      case Analysis.NoFace none ->
          Optional.of(
              new Unusable(
                  Kind.NO_FACE,
                  List.of(Advice.of("NO_FACE", none.advice())),
                  List.of(),
                  none.dropped()));
      case Analysis.SeveralFaces several ->
          Optional.of(
              new Unusable(
                  Kind.SEVERAL_FACES,
                  List.of(Advice.of("SEVERAL_FACES", several.advice())),
                  several.faces().stream().map(Outline::of).toList(),
                  several.dropped()));
      case Analysis.PoorQuality poor ->
          Optional.of(
              new Unusable(
                  Kind.POOR_QUALITY,
                  poor.quality().failed().stream().map(Advice::of).toList(),
                  List.of(Outline.of(poor.face())),
                  0));
      case Unreadable unreadable ->
          Optional.of(
              new Unusable(
                  Kind.UNREADABLE,
                  List.of(Advice.of(unreadable.reason().name(), unreadable.reason().advice())),
                  List.of(),
                  0));
      case Analysis.SpoofSuspected spoof -> Optional.empty();
      case Analysis.OneFace one -> Optional.empty();
    };
  }
}
