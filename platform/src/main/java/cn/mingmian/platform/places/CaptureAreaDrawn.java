package cn.mingmian.platform.places;

import cn.mingmian.platform.records.RejectedRecordException;
import java.util.List;

/// The area of a device's picture in which faces are taken, drawn over a still; a statement of one,
/// approved by another.
///
/// @param corners of a polygon, in parts of the picture: 0..1 from the left and from the top
/// @param smallestFaceHeight of the picture's height, 0..1: who is farther away is not taken
/// @param reason why this area and no more
public record CaptureAreaDrawn(List<Corner> corners, double smallestFaceHeight, String reason) {
  /// @param x 0..1 from the left
  /// @param y 0..1 from the top
  public record Corner(double x, double y) {
    public Corner {
      if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
        throw new RejectedRecordException(
            "area-outside-picture", "corner `%s, %s` is outside 0..1".formatted(x, y));
      }
    }
  }

  public CaptureAreaDrawn {
    corners = List.copyOf(corners);
    if (corners.size() < 3 || corners.size() > 64) {
      throw new RejectedRecordException(
          "area-malformed",
          "capture area has %d corners, expected 3 to 64".formatted(corners.size()));
    }
    if (!(smallestFaceHeight >= 0 && smallestFaceHeight <= 1)) {
      throw new RejectedRecordException(
          "area-malformed",
          "smallest face height is `%s`, expected 0..1".formatted(smallestFaceHeight));
    }
  }
}
