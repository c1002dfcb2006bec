package cn.mingmian.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Maps five landmarks onto where a template model wants them, by least squares over the four
// degrees
/// of freedom of a similarity: turn, scale and two shifts (Umeyama 1991, doi:10.1109/34.88573).
final class Alignment {
  static final int SIDE = 112;

  /// The template of ArcFace: what quality is judged on, whatever the template model wants.
  static final Target FACE =
      new Target(
          SIDE,
          List.of(
              new Point(38.2946, 51.6963),
              new Point(73.5318, 51.5014),
              new Point(56.0252, 71.7366),
              new Point(41.5493, 92.3655),
              new Point(70.7299, 92.2041)));

  /// Where the five points shall lie in a square picture.
  record Target(int side, List<Point> points) {}

  private Alignment() {}

  /// `u = a x - b y + tx`, `v = b x + a y + ty`.
  record Similarity(double a, double b, double tx, double ty) {
    /// From the target back to the source.
    Similarity inverse() {
      double norm = a * a + b * b;
      double ia = a / norm;
      double ib = -b / norm;
      return new Similarity(ia, ib, -(ia * tx - ib * ty), -(ib * tx + ia * ty));
    }
  }

  /// The landmarks lie on one spot: no scale can be told.
  static final class DegenerateLandmarksException extends RuntimeException {
    DegenerateLandmarksException() {
      super("the five landmarks lie on one point");
    }
  }

  /// @param five pixels in the frame: left eye, right eye, nose, left mouth, right mouth, as the
  ///     viewer sees them
  static Similarity towards(Target target, List<Point> five) {
    double mx = 0;
    double my = 0;
    double mu = 0;
    double mv = 0;
    List<Point> wanted = target.points();
    int n = wanted.size();
    for (int i = 0; i < n; i++) {
      mx += five.get(i).x() / n;
      my += five.get(i).y() / n;
      mu += wanted.get(i).x() / n;
      mv += wanted.get(i).y() / n;
    }
    double same = 0;
    double across = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      double x = five.get(i).x() - mx;
      double y = five.get(i).y() - my;
      double u = wanted.get(i).x() - mu;
      double v = wanted.get(i).y() - mv;
      same += x * u + y * v;
      across += x * v - y * u;
      spread += x * x + y * y;
    }
    if (!(spread > 1e-6)) throw new DegenerateLandmarksException();
    double a = same / spread;
    double b = across / spread;
    if (a * a + b * b < 1e-12) throw new DegenerateLandmarksException();
    return new Similarity(a, b, mu - (a * mx - b * my), mv - (b * mx + a * my));
  }

  /// Bilinear; black outside the frame.
  ///
  /// @param into three planes of `side` x `side` floats: blue, green, red, `(value - 127) / 128`
  static void warp(Frame frame, Similarity towards, int side, MemorySegment into) {
    Similarity back = towards.inverse();
    MemorySegment pixels = frame.pixels();
    int width = frame.width();
    int height = frame.height();
    long plane = (long) side * side * Float.BYTES;
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        double x = back.a() * u - back.b() * v + back.tx();
        double y = back.b() * u + back.a() * v + back.ty();
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float fx = (float) (x - left);
        float fy = (float) (y - top);
        float r = 0;
        float g = 0;
        float b = 0;
        for (int corner = 0; corner < 4; corner++) {
          int px = left + (corner & 1);
          int py = top + (corner >> 1);
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          float weight = ((corner & 1) == 0 ? 1 - fx : fx) * ((corner >> 1) == 0 ? 1 - fy : fy);
          long at = ((long) py * width + px) * 3;
          r += weight * (pixels.get(ValueLayout.JAVA_BYTE, at) & 0xff);
          g += weight * (pixels.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff);
          b += weight * (pixels.get(ValueLayout.JAVA_BYTE, at + 2) & 0xff);
        }
        long at = ((long) v * side + u) * Float.BYTES;
        into.set(ValueLayout.JAVA_FLOAT, at, (b - 127) / 128);
        into.set(ValueLayout.JAVA_FLOAT, at + plane, (g - 127) / 128);
        into.set(ValueLayout.JAVA_FLOAT, at + 2 * plane, (r - 127) / 128);
      }
    }
  }
}
