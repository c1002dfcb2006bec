package cn.mingmian.platform.enrol;

import cn.mingmian.engine.Face;
import java.util.List;

/// Where the face is in the photo that was handed in: for whoever has that photo and wants to draw
/// on it. Positions are personal data too; they are not kept. Immutable.
///
/// @param left      pixels of the upright photo, as right, top and bottom
/// @param detection the detector's score, 0..1
/// @param points    landmarks in pixels; empty where none were looked for
public record Outline(
    double left, double top, double right, double bottom, double detection, List<Point> points) {
  public Outline {
    points = List.copyOf(points);
  }

  /// A landmark, in pixels.
  public record Point(double x, double y) {}

  public static Outline of(Face face) {
    return new Outline(
        face.box().left(),
        face.box().top(),
        face.box().right(),
        face.box().bottom(),
        face.score(),
        face.landmarks().stream().map(p -> new Point(p.x(), p.y())).toList());
  }
}
