package cn.mingmian.server.pages.people;

import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.Places;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The capture area of a checkpoint as a page draws it: points of an SVG polygon in a picture of
/// 400 by 300.
public final class CaptureOutline {
  private CaptureOutline() {}

  /// Empty while no drawn area is approved.
  public static Optional<String> of(Places places, Checkpoint point) {
    return places
        .captureArea(point.device())
        .map(
            area ->
                area.body().corners().stream()
                    .map(c -> String.format(Locale.ROOT, "%.1f,%.1f", c.x() * 400, c.y() * 300))
                    .collect(Collectors.joining(" ")));
  }
}
