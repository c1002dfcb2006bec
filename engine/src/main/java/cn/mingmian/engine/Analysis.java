package cn.mingmian.engine;

import java.util.List;

/// What the engine found in a photo. Only [OneFace] holds a template; whoever receives it closes
/// it.
public sealed interface Analysis extends AutoCloseable
    permits Analysis.NoFace,
        Analysis.SeveralFaces,
        Analysis.PoorQuality,
        Analysis.SpoofSuspected,
        Analysis.OneFace,
        Unreadable {

  /// Destroys the template, if there is one.
  @Override
  default void close() {}

  /// No face where faces may be looked at.
  ///
  /// @param dropped faces that were seen outside the capture area, and not looked at
  record NoFace(int dropped) implements Analysis {
    public Sentence advice() {
      return new Sentence("没有看到人脸。请面对镜头。", "no face is visible. Please face the camera.");
    }
  }

  /// More than one person could be meant; no template of anybody was made.
  record SeveralFaces(List<Face> faces, int dropped) implements Analysis {
    public SeveralFaces {
      faces = List.copyOf(faces);
    }

    public Sentence advice() {
      return new Sentence(
          "画面中有多张人脸。请一次只让一个人面对镜头。",
          "several faces are visible. Please let one person at a time face the camera.");
    }
  }

  /// One face, but not good enough for its use; no template was made. All reasons at once.
  record PoorQuality(Face face, Quality quality) implements Analysis {}

  /// Looks like a picture, a screen or a mask; no template was made. Passive liveness is advisory
  /// evidence: a photo can pass it, and a live person in bad light can fail it.
  record SpoofSuspected(Face face, Quality quality, Liveness liveness) implements Analysis {
    public Sentence advice() {
      return new Sentence(
          "无法确认镜头前是真人。请在光线均匀处正对镜头再试，或使用其他方式。",
          "it is not certain that a live person is in front of the camera. Please try again in even light, or use another way.");
    }
  }

  /// One face, good enough, and its template.
  ///
  /// @param dropped faces that were seen and not looked at: outside the capture area, or bystanders
  record OneFace(FaceTemplate template, Face face, Quality quality, Liveness liveness, int dropped)
      implements Analysis {
    @Override
    public void close() {
      template.close();
    }
  }
}
