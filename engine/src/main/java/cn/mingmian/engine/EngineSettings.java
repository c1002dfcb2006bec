package cn.mingmian.engine;

/// How the engine runs. Immutable.
///
/// @param workers       photos looked at side by side; each uses one thread. 2 suits two cores
/// @param largestPhoto  bytes of an encoded photo
/// @param mostPixels    width times height, checked in the header before anything is allocated
/// @param liveBar       share of certainty, 0..1, below which a photo is a suspected presentation
///     attack
public record EngineSettings(int workers, int largestPhoto, int mostPixels, double liveBar) {
  public EngineSettings {
    if (workers < 1)
      throw new IllegalArgumentException("workers is `%d`, expected 1 or more".formatted(workers));
    if (largestPhoto < 1) {
      throw new IllegalArgumentException(
          "largest photo is `%d` bytes, expected 1 or more".formatted(largestPhoto));
    }
    if (mostPixels < 1 || mostPixels > 200_000_000) {
      throw new IllegalArgumentException(
          "most pixels is `%d`, expected 1 to 200000000".formatted(mostPixels));
    }
    if (!(liveBar >= 0 && liveBar <= 1)) {
      throw new IllegalArgumentException("live bar is `%s`, expected 0..1".formatted(liveBar));
    }
  }

  /// Two workers, photos up to 10 MiB and 24 megapixels, live at .5.
  public static EngineSettings defaults() {
    return new EngineSettings(2, 10 << 20, 24_000_000, 0.5);
  }
}
