package cn.mingmian.engine;

import java.util.List;

/// Where a face is in a frame. Holds no pixels and nothing a face could be recognised by at scale,
/// but positions are still personal data: show them only with the frame they belong to. Immutable.
///
/// @param box       in pixels of the upright frame
/// @param score     the detector's, 0..1
/// @param landmarks 68 points in pixels, iBUG order; empty before landmarks were asked for
public record Face(Box box, double score, List<Point> landmarks) {
  public Face {
    if (!landmarks.isEmpty() && landmarks.size() != 68) {
      throw new IllegalArgumentException(
          "face has %d landmarks, expected 68".formatted(landmarks.size()));
    }
    landmarks = List.copyOf(landmarks);
  }

  /// Left, top, right, bottom in pixels; may reach beyond the frame.
  public record Box(double left, double top, double right, double bottom) {
    public double width() {
      return right - left;
    }

    public double height() {
      return bottom - top;
    }

    public Point centre() {
      return new Point((left + right) / 2, (top + bottom) / 2);
    }

    double intersectionOverUnion(Box other) {
      double w = Math.min(right, other.right) - Math.max(left, other.left);
      double h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      if (w <= 0 || h <= 0) return 0;
      double both = w * h;
      return both / (width() * height() + other.width() * other.height() - both);
    }
  }

  /// Left eye, right eye, nose, left mouth corner, right mouth corner, as the viewer sees them.
  public List<Point> fivePoints() {
    return List.of(
        mean(37, 38, 40, 41), mean(43, 44, 46, 47), landmarks.get(30), mean(48, 60), mean(54, 64));
  }

  /// Pixels between the centres of the two eyes.
  public double interEyeDistance() {
    Point left = mean(36, 37, 38, 39, 40, 41);
    Point right = mean(42, 43, 44, 45, 46, 47);
    return Math.hypot(left.x() - right.x(), left.y() - right.y());
  }

  private Point mean(int... indexes) {
    double x = 0;
    double y = 0;
    for (int index : indexes) {
      x += landmarks.get(index).x();
      y += landmarks.get(index).y();
    }
    return new Point(x / indexes.length, y / indexes.length);
  }
}
