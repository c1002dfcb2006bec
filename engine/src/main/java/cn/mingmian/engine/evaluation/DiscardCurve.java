package cn.mingmian.engine.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Error versus discard: how the false-non-match rate falls when the genuine pairs of the poorest
/// photos are left out. A quality measure that means nothing gives a flat line; one that means much
/// falls fast. Immutable.
///
/// @param component the quality component, or `LOWEST` for the lowest of all
/// @param threshold at which pairs were judged
/// @param points    by rising share of pairs left out, from 0
public record DiscardCurve(String component, double threshold, List<Point> points) {
  /// Name of the curve over the lowest score of all components.
  public static final String LOWEST = "LOWEST";

  private static final double[] SHARES = {0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2};

  public DiscardCurve {
    points = List.copyOf(points);
  }

  /// @param discarded share of the genuine pairs left out, 0..1
  /// @param fnmr      false-non-match rate of the others; an expectation where several pairs have
  ///                  the quality at which the line is drawn
  public record Point(double discarded, double fnmr) {}

  /// Mean rate over the curve against the rate without leaving anything out: 1 means the component
  /// tells nothing, less is better; not a number when nothing was missed.
  public double relativeArea() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      double width = points.get(i).discarded() - points.get(i - 1).discarded();
      area += width * (points.get(i).fnmr() + points.get(i - 1).fnmr()) / 2;
    }
    return area / points.getLast().discarded() / points.getFirst().fnmr();
  }

  /// One genuine pair.
  ///
  /// @param quality of the poorer photo
  record Judged(int quality, boolean missed) {}

  static DiscardCurve of(String component, double threshold, List<Judged> pairs) {
    List<Judged> byQuality = new ArrayList<>(pairs);
    byQuality.sort(Comparator.comparingInt(Judged::quality));
    long missed = byQuality.stream().filter(Judged::missed).count();
    List<Point> points = new ArrayList<>();
    for (double share : SHARES) {
      double leftOut = share * byQuality.size();
      double missedLeftOut = missedAmongPoorest(byQuality, leftOut);
      points.add(new Point(share, (missed - missedLeftOut) / (byQuality.size() - leftOut)));
    }
    return new DiscardCurve(component, threshold, points);
  }

  /// Pairs of one quality cannot be told apart, so a part of them takes its part of the errors.
  private static double missedAmongPoorest(List<Judged> byQuality, double count) {
    double missed = 0;
    int from = 0;
    while (from < byQuality.size() && from < count) {
      int to = from;
      int errors = 0;
      while (to < byQuality.size()
          && byQuality.get(to).quality() == byQuality.get(from).quality()) {
        if (byQuality.get(to).missed()) errors++;
        to++;
      }
      missed += errors * Math.min(1, (count - from) / (to - from));
      from = to;
    }
    return missed;
  }
}
