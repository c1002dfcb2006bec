package cn.mingmian.engine;

import java.util.List;

/// The part of a camera's picture in which faces may be looked at; all others are dropped before
/// any template exists. Immutable.
///
/// @param polygon             corners as fractions of the frame's width and height, 0..1
/// @param smallestFaceHeight  faces lower than this fraction of the frame's height are farther away
///                            than the device was approved for, and dropped; 0 drops none
public record CaptureArea(List<Point> polygon, double smallestFaceHeight) {
  public CaptureArea {
    polygon = List.copyOf(polygon);
    if (polygon.size() < 3) {
      throw new IllegalArgumentException(
          "capture area has %d corners, expected 3 or more".formatted(polygon.size()));
    }
    for (Point corner : polygon) {
      if (!(corner.x() >= 0 && corner.x() <= 1 && corner.y() >= 0 && corner.y() <= 1)) {
        throw new IllegalArgumentException(
            "corner `%s, %s` of the capture area is outside the frame, expected 0..1"
                .formatted(corner.x(), corner.y()));
      }
    }
    if (!(smallestFaceHeight >= 0 && smallestFaceHeight <= 1)) {
      throw new IllegalArgumentException(
          "smallest face height is `%s`, expected 0..1".formatted(smallestFaceHeight));
    }
  }

  /// Everything that the camera sees: for photos that a person hands in.
  public static CaptureArea wholeFrame() {
    return new CaptureArea(
        List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)), 0);
  }

  /// Whether the centre of the face lies inside and the face is near enough.
  boolean holds(Face face, int frameWidth, int frameHeight) {
    if (face.box().height() < smallestFaceHeight * frameHeight) return false;
    Point centre = face.box().centre();
    return holds(centre.x() / frameWidth, centre.y() / frameHeight);
  }

  /// Even-odd rule; a point on the outline counts as inside on the left and top edges.
  private boolean holds(double x, double y) {
    boolean inside = false;
    for (int i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
      Point a = polygon.get(i);
      Point b = polygon.get(j);
      boolean crosses = (a.y() > y) != (b.y() > y);
      if (crosses && x < (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x()) inside = !inside;
    }
    return inside;
  }
}
