package cn.mingmian.engine;

/// Passive liveness of one face. Not to be shown to the person in front of the camera: a score
/// would teach an attacker.
///
/// @param score 0 (picture) to 1 (live)
/// @param bar   below it a presentation attack is suspected
public record Liveness(double score, double bar) {
  /// Was not asked for: accuracy runs over archives of photos.
  static final Liveness NOT_ASKED = new Liveness(1, 0);

  public boolean live() {
    return score >= bar;
  }
}
