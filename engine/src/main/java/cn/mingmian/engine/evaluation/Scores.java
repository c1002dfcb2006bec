package cn.mingmian.engine.evaluation;

import java.util.ArrayList;
import java.util.List;

/// Counts of comparison scores, genuine and impostor, in bins of a ten-thousandth, so that millions
/// of pairs need no memory of their own. One thread at a time while counting.
public final class Scores {
  private static final int PER_UNIT = 10_000;
  private static final int BINS = 2 * PER_UNIT + 1;

  private final long[] genuine = new long[BINS];
  private final long[] impostor = new long[BINS];
  private long genuineCount;
  private long impostorCount;

  /// @param score cosine; clamped to -1..1
  public void add(double score, boolean samePerson) {
    int bin = bin(score);
    if (samePerson) {
      genuine[bin]++;
      genuineCount++;
    } else {
      impostor[bin]++;
      impostorCount++;
    }
  }

  /// Adds all of another count to this one.
  public void add(Scores other) {
    for (int bin = 0; bin < BINS; bin++) {
      genuine[bin] += other.genuine[bin];
      impostor[bin] += other.impostor[bin];
    }
    genuineCount += other.genuineCount;
    impostorCount += other.impostorCount;
  }

  private static int bin(double score) {
    // A bin's own threshold, made by a division, may come back a hair below it.
    return (int) Math.floor((Math.clamp(score, -1, 1) + 1) * PER_UNIT + 1e-7);
  }

  private static double threshold(int bin) {
    return (double) bin / PER_UNIT - 1;
  }

  public long genuineCount() {
    return genuineCount;
  }

  public long impostorCount() {
    return impostorCount;
  }

  /// False matches: impostor pairs at or above the threshold, which is rounded down to a bin.
  public Rate falseMatches(double threshold) {
    long count = 0;
    for (int bin = bin(threshold); bin < BINS; bin++) count += impostor[bin];
    return new Rate(count, impostorCount);
  }

  /// False non-matches: genuine pairs below the threshold.
  public Rate falseNonMatches(double threshold) {
    long count = 0;
    for (int bin = 0; bin < bin(threshold); bin++) count += genuine[bin];
    return new Rate(count, genuineCount);
  }

  /// The lowest threshold at which at most the wished share of impostor pairs matches.
  public double thresholdForFmr(double fmr) {
    if (!(fmr > 0 && fmr <= 1))
      throw new IllegalArgumentException("fmr is `%s`, expected above 0 up to 1".formatted(fmr));
    double allowed = fmr * impostorCount;
    long above = 0;
    int bin = BINS;
    while (bin > 0 && above + impostor[bin - 1] <= allowed) above += impostor[--bin];
    return threshold(Math.min(bin, BINS - 1));
  }

  /// Where both error rates meet.
  ///
  /// @param rate      mean of the two rates at the bin where they cross
  /// @param threshold that bin
  public record EqualErrorRate(double rate, double threshold) {}

  /// @throws IllegalStateException if there are no genuine or no impostor pairs
  public EqualErrorRate equalErrorRate() {
    if (genuineCount == 0 || impostorCount == 0) {
      throw new IllegalStateException(
          "%d genuine and %d impostor pairs: both are needed"
              .formatted(genuineCount, impostorCount));
    }
    long missed = 0;
    long matched = impostorCount;
    for (int bin = 0; bin < BINS; bin++) {
      double fmr = (double) matched / impostorCount;
      double fnmr = (double) missed / genuineCount;
      if (fnmr >= fmr) return new EqualErrorRate((fmr + fnmr) / 2, threshold(bin));
      missed += genuine[bin];
      matched -= impostor[bin];
    }
    return new EqualErrorRate(0, 1);
  }

  /// One bar of a histogram.
  public record Bar(double from, double to, long genuine, long impostor) {}

  /// Both distributions in a few bars, for a drawing.
  public List<Bar> histogram(int bars) {
    List<Bar> histogram = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      int from = (int) ((long) i * BINS / bars);
      int to = (int) ((i + 1L) * BINS / bars);
      long same = 0;
      long different = 0;
      for (int bin = from; bin < to; bin++) {
        same += genuine[bin];
        different += impostor[bin];
      }
      histogram.add(new Bar(threshold(from), threshold(to), same, different));
    }
    return histogram;
  }
}
