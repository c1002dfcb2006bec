package cn.mingmian.platform.permit;

import java.util.Optional;

/// What the engine measured in the photo at hand. No face information.
///
/// @param by                the engine's models
/// @param live              whether the face seemed to be that of a live person; empty if not
///     looked for
/// @param liveBar           the bar that had to be reached, 0..1
/// @param insideCaptureArea whether the face lies inside the device's capture area; empty if not
///     looked for
public record Measured(
    String by, Optional<Boolean> live, double liveBar, Optional<Boolean> insideCaptureArea) {
  /// Nothing was looked at yet.
  public static final Measured NOTHING = new Measured("", Optional.empty(), 0, Optional.empty());
}
