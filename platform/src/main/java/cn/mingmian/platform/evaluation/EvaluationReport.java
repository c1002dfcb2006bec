package cn.mingmian.platform.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an accuracy run found, in the terms of ISO/IEC 19795-1; as JSON it is the result file.
///
/// @param model    pack id
/// @param set      as declared
/// @param ground   the decision that let the run happen, or why none was needed
/// @param failures photos without a template, by what was wrong
/// @param fte      failure to enrol
/// @param table    all pairs, at the standard false-match rates
/// @param wished   the row for a rate that was asked for
/// @param judged   the row whose threshold groups are judged at: the wished one, else the strictest
///                 that 30 false matches stand for, else the loosest
/// @param tradeOff false non-matches over false matches, from FMR 1 to the last false match
/// @param listed   over the pairs of a list, when there is one
/// @param discard  error versus discard of each quality component, the most telling first
/// @param histogram both score distributions
/// @param groups   each demographic group that people were labelled with
public record EvaluationReport(
    String model,
    String set,
    Ground ground,
    Instant begun,
    double seconds,
    int people,
    int photos,
    Map<String, Integer> failures,
    Share fte,
    long genuinePairs,
    long impostorPairs,
    EqualErrorRate equalErrorRate,
    List<Row> table,
    Optional<Row> wished,
    Row judged,
    List<TradeOff> tradeOff,
    Optional<Listed> listed,
    List<Discard> discard,
    List<Bar> histogram,
    List<Group> groups) {
  public EvaluationReport {
    failures = Map.copyOf(failures);
    table = List.copyOf(table);
    discard = List.copyOf(discard);
    histogram = List.copyOf(histogram);
    tradeOff = List.copyOf(tradeOff);
    groups = List.copyOf(groups);
  }

  /// @param rulebook version of the rulebook that decided; empty for a synthetic set
  /// @param answers  who answers for what was declared
  public record Ground(
      String outcome, Optional<String> rulebook, Optional<String> answers, List<String> duties) {}

  /// A rate with its 95 % Wilson interval.
  public record Share(long errors, long trials, double rate, double low, double high) {}

  /// Where false matches and false non-matches are equally frequent.
  public record EqualErrorRate(double rate, double threshold) {}

  /// @param wishedFmr false-match rate asked for
  /// @param fmr       measured at the threshold
  /// @param fnmr      measured at the threshold; 1 - FNMR is the true acceptance rate
  /// @param supported at least 30 false matches stand behind it (rule of 30)
  public record Row(double wishedFmr, double threshold, Share fmr, Share fnmr, boolean supported) {
    public double tar() {
      return 1 - fnmr.rate();
    }
  }

  /// Both errors at one threshold.
  public record TradeOff(double threshold, double fmr, double fnmr) {}

  /// People with one label, compared with themselves and each other at the threshold of the whole
  /// set, as in operation, where one threshold serves all.
  ///
  /// @param fmr  empty if no two people of the group gave templates
  /// @param fnmr empty if nobody of the group has two photos with a template
  public record Group(
      String name, int people, Share fte, Optional<Share> fmr, Optional<Share> fnmr) {}

  /// @param accuracy  at the best threshold, ten-fold; empty below 100 pairs
  /// @param deviation standard deviation over the ten folds
  public record Listed(
      long genuinePairs,
      long impostorPairs,
      EqualErrorRate equalErrorRate,
      Optional<Double> accuracy,
      Optional<Double> deviation) {}

  /// How the false-non-match rate falls when the genuine pairs of the poorest photos are left out.
  ///
  /// @param component    quality component, or `LOWEST` for the lowest of all
  /// @param threshold    at which pairs were judged
  /// @param relativeArea 1 where the component tells nothing, less is better
  public record Discard(
      String component, double threshold, double relativeArea, List<DiscardPoint> points) {
    public Discard {
      points = List.copyOf(points);
    }
  }

  /// @param discarded share of genuine pairs left out
  /// @param fnmr      of the others
  public record DiscardPoint(double discarded, double fnmr) {}

  /// One bar of the histogram of scores.
  public record Bar(double from, double to, long genuine, long impostor) {}
}
