package cn.mingmian.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/// A drawing with two axes as inline SVG, without script and without any outside part. One thread
/// at a time.
final class Chart {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 330;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 14;
  private static final int BOTTOM = 50;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final StringBuilder drawn = new StringBuilder();

  /// @param title read out where the drawing cannot be seen
  Chart(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  /// @param decades whether each power of ten takes the same room
  record Axis(String label, double from, double to, boolean decades) {
    Axis {
      if (!(from < to) || (decades && from <= 0)) {
        throw new IllegalArgumentException("axis from %s to %s".formatted(from, to));
      }
    }

    /// Where a value lies, 0..1; what is beyond an end is drawn at that end.
    double share(double value) {
      double held = Math.clamp(value, from, to);
      return decades ? Math.log(held / from) / Math.log(to / from) : (held - from) / (to - from);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (decades) {
        for (int power = (int) Math.ceil(Math.log10(from) - 1e-9);
            power <= Math.log10(to) + 1e-9;
            power++) {
          ticks.add(Math.pow(10, power));
        }
        return ticks;
      }
      double rough = (to - from) / 5;
      double unit = Math.pow(10, Math.floor(Math.log10(rough)));
      double step = unit * (rough / unit < 1.5 ? 1 : rough / unit < 3.5 ? 2 : 5);
      for (double tick = Math.ceil(from / step) * step; tick <= to + step * 1e-6; tick += step) {
        ticks.add(Math.abs(tick) < step * 1e-6 ? 0 : tick);
      }
      return ticks;
    }

    String text(double tick) {
      if (decades && tick < 0.01) return "1e" + Math.round(Math.log10(tick));
      return String.format(Locale.ROOT, "%.6g", tick).replaceFirst("\\.?0+$", "");
    }
  }

  record Spot(double x, double y) {}

  /// @param series 0..5: colour and dashes
  Chart line(int series, List<Spot> spots) {
    drawn.append("<polyline class=\"s%d\" points=\"%s\"/>".formatted(series, points(spots)));
    return this;
  }

  /// Bars from the bottom, drawn as one shape.
  Chart area(int series, List<Spot> spots) {
    if (spots.isEmpty()) return this;
    List<Spot> closed = new ArrayList<>();
    closed.add(new Spot(spots.getFirst().x(), y.from()));
    closed.addAll(spots);
    closed.add(new Spot(spots.getLast().x(), y.from()));
    drawn.append("<polygon class=\"a%d\" points=\"%s\"/>".formatted(series, points(closed)));
    return this;
  }

  /// An upright line at a value, such as a threshold.
  Chart mark(double at, String label) {
    double left = across(at);
    boolean before = left > WIDTH * 0.66;
    drawn.append(
        "<line class=\"mark\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>"
            .formatted(number(left), TOP, HEIGHT - BOTTOM));
    drawn.append(
        "<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>"
            .formatted(
                number(left + (before ? -5 : 5)), TOP + 14, before ? "end" : "start", text(label)));
    return this;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, text(title)));
    for (double tick : x.ticks()) {
      String at = number(across(tick));
      svg.append(
          "<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/><text x=\"%1$s\" y=\"%4$d\" text-anchor=\"middle\">%5$s</text>"
              .formatted(at, TOP, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 18, x.text(tick)));
    }
    for (double tick : y.ticks()) {
      double at = up(tick);
      svg.append(
          "<line class=\"grid\" x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$s\" y2=\"%3$s\"/><text x=\"%4$d\" y=\"%5$s\" text-anchor=\"end\">%6$s</text>"
              .formatted(
                  LEFT, WIDTH - RIGHT, number(at), LEFT - 6, number(at + 4.5), y.text(tick)));
    }
    svg.append(drawn);
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
            .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, text(x.label())));
    svg.append(
        "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text></svg>"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, text(y.label())));
    return svg.toString();
  }

  private String points(List<Spot> spots) {
    StringBuilder text = new StringBuilder();
    for (Spot spot : spots) {
      if (!text.isEmpty()) text.append(' ');
      text.append(number(across(spot.x()))).append(',').append(number(up(spot.y())));
    }
    return text.toString();
  }

  private double across(double value) {
    return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double up(double value) {
    return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
  }

  /// Made harmless inside HTML and SVG.
  static String text(String given) {
    return HtmlUtils.htmlEscape(given, "UTF-8");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
