package cn.mingmian.platform.enrol;

import cn.mingmian.engine.Quality;
import cn.mingmian.engine.Sentence;

/// One thing about a photo that the person can do better. Immutable.
///
/// @param code  stable, in capitals: a quality component of ISO/IEC 29794-5, or why a photo is
///     unreadable
/// @param score 0 (useless) to 100 (ideal); -1 where nothing was measured
/// @param bar   the score asked for
public record Advice(String code, int score, int bar, String zh, String en) {
  static Advice of(Quality.Finding finding) {
    return new Advice(
        finding.component().name(),
        finding.score(),
        finding.bar(),
        finding.advice().zh(),
        finding.advice().en());
  }

  public static Advice of(String code, Sentence sentence) {
    return new Advice(code, -1, -1, sentence.zh(), sentence.en());
  }
}
