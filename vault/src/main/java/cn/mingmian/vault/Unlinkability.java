package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Measures how well the keyed transform keeps two galleries from being linked, as ISO/IEC 30136
/// asks:
/// the global measure D_sys of Gomez-Barrero and others (2018, doi:10.1109/TIFS.2017.2788000), from
/// 0
/// (a template of one gallery says nothing about the other) to 1 (fully linkable), with prior odds
/// of 1.
///
/// Each measure stands beside its floor, which is what the same estimator says of two samples that
/// cannot be told apart; a value at its floor is nothing. The curve over known pairs is the limit
/// of the method: who knows enough people in both galleries learns the map between them. Immutable;
/// works on copies in ordinary memory, for evaluation only.
public final class Unlinkability {
  private static final int BINS = 40;

  private Unlinkability() {}

  /// Two captures of one person, by one model.
  public record Mated(float[] first, float[] second) {
    public Mated {
      if (first.length != second.length || first.length < 2) {
        throw new IllegalArgumentException(
            "captures have %d and %d values, expected as many, and at least 2"
                .formatted(first.length, second.length));
      }
      first = first.clone();
      second = second.clone();
    }
  }

  /// @param knownPairs  people the attacker knows in both galleries
  /// @param dSys  0 to 1
  /// @param floor  what the estimator says where there is nothing to find
  public record Point(int knownPairs, double dSys, double floor) {}

  /// @param people  whose templates were tried to be linked
  /// @param sameSeed  D_sys within one gallery, where templates must stay comparable
  /// @param curve  by number of known pairs, rising
  public record Report(int people, int dimensions, Point sameSeed, List<Point> curve) {
    public Report {
      curve = List.copyOf(curve);
    }

    /// For a terminal or a document, in Markdown.
    public String table() {
      StringBuilder text = new StringBuilder();
      text.append("Keyed transform, %d people, %d values%n%n".formatted(people, dimensions));
      text.append("| the attacker has | D_sys | floor |%n|---|---|---|%n".formatted());
      for (Point point : curve) {
        String known =
            point.knownPairs() == 0
                ? "two galleries, nothing else"
                : "and knows %d people in both".formatted(point.knownPairs());
        text.append(row(known, point));
      }
      return text.append(row("one gallery (must be comparable)", sameSeed)).toString();
    }

    private static String row(String what, Point point) {
      return String.format(
          Locale.ROOT, "| %s | %.3f | %.3f |%n", what, point.dSys(), point.floor());
    }
  }

  /// People drawn at random: a centre each, and two captures at the given mean cosine between them.
  public static List<Mated> synthetic(
      int people, int dimensions, double cosine, RandomGenerator random) {
    double own = Math.sqrt(1 - cosine);
    double shared = Math.sqrt(cosine);
    List<Mated> made = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      float[] first = new float[dimensions];
      float[] second = new float[dimensions];
      for (int j = 0; j < dimensions; j++) {
        double centre = shared * random.nextGaussian();
        first[j] = (float) (centre + own * random.nextGaussian());
        second[j] = (float) (centre + own * random.nextGaussian());
      }
      made.add(new Mated(first, second));
    }
    return made;
  }

  /// Puts the first captures into one gallery and the second into another, with fresh seeds, and
  /// tries to link them.
  ///
  /// @param known  numbers of known pairs, each leaving at least 200 people to be linked; 0 for
  ///     none
  public static Report measure(List<Mated> people, List<Integer> known, SecureRandom random) {
    int most = known.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (people.size() - most < 200) {
      throw new IllegalArgumentException(
          "%d people, of whom %d are known: at least 200 must be left to be linked"
              .formatted(people.size(), most));
    }
    int dimensions = people.getFirst().first().length;
    double[][] one;
    double[][] two;
    double[][] same;
    try (KeyedTransform first = fresh(dimensions, random);
        KeyedTransform second = fresh(dimensions, random)) {
      one = transformed(people, true, dimensions, first);
      two = transformed(people, false, dimensions, second);
      same = transformed(people, false, dimensions, first);
    }
    List<Point> curve = new ArrayList<>();
    for (int k : known.stream().sorted().toList()) {
      double[][] mapped = k == 0 ? one : mapped(one, two, k);
      curve.add(point(k, mapped, two, random));
    }
    return new Report(people.size(), dimensions, point(0, one, same, random), curve);
  }

  private static KeyedTransform fresh(int dimensions, SecureRandom random) {
    byte[] seed = new byte[Secret.BYTES];
    random.nextBytes(seed);
    try {
      return new KeyedTransform(Suite.AES_256_GCM_SHA_256, seed, dimensions, Kernel.best());
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static double[][] transformed(
      List<Mated> people, boolean first, int dimensions, KeyedTransform transform) {
    double[][] out = new double[people.size()][dimensions];
    for (int i = 0; i < out.length; i++) {
      float[] floats = first ? people.get(i).first() : people.get(i).second();
      for (int j = 0; j < dimensions; j++) out[i][j] = floats[j];
      normalise(out[i]);
      try (Vector x = new Vector(dimensions);
          Vector y = new Vector(dimensions)) {
        for (int j = 0; j < dimensions; j++) x.values().setAtIndex(JAVA_DOUBLE, j, out[i][j]);
        transform.apply(x.values(), y.values());
        for (int j = 0; j < dimensions; j++) out[i][j] = y.values().getAtIndex(JAVA_DOUBLE, j);
      }
    }
    return out;
  }

  private static void normalise(double[] values) {
    double length = Math.sqrt(dot(values, values));
    for (int i = 0; i < values.length; i++) values[i] /= length;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }

  /// Carries the first gallery over into the second by the linear map that the last `k` people of
  /// both give away: least squares with a little damping, in its dual form.
  private static double[][] mapped(double[][] one, double[][] two, int k) {
    int from = one.length - k;
    double[][] gram = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) gram[i][j] = dot(one[from + i], one[from + j]);
      // The captures differ, so the pairs are noisy; damping of their size serves the attacker
      // best.
      gram[i][i] += 0.3;
    }
    cholesky(gram);
    double[][] out = new double[one.length][];
    for (int person = 0; person < from; person++) {
      double[] weights = new double[k];
      for (int i = 0; i < k; i++) weights[i] = dot(one[from + i], one[person]);
      solve(gram, weights);
      double[] carried = new double[one[person].length];
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < carried.length; j++) carried[j] += weights[i] * two[from + i][j];
      }
      normalise(carried);
      out[person] = carried;
    }
    for (int person = from; person < out.length; person++) out[person] = new double[0];
    return out;
  }

  /// In place, lower triangle.
  private static void cholesky(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) sum -= a[i][k] * a[j][k];
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
  }

  private static void solve(double[][] lower, double[] b) {
    for (int i = 0; i < b.length; i++) {
      for (int k = 0; k < i; k++) b[i] -= lower[i][k] * b[k];
      b[i] /= lower[i][i];
    }
    for (int i = b.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < b.length; k++) b[i] -= lower[k][i] * b[k];
      b[i] /= lower[i][i];
    }
  }

  /// Scores all but the last `known` people, mated and not, and the floor from the not mated alone.
  private static Point point(int known, double[][] one, double[][] two, RandomGenerator random) {
    int people = one.length - known;
    double[] mated = new double[people];
    double[] nonMated = new double[people * 4];
    double[] others = new double[people];
    for (int i = 0; i < people; i++) mated[i] = dot(one[i], two[i]);
    for (int i = 0; i < nonMated.length; i++) nonMated[i] = stranger(one, two, i, people, random);
    for (int i = 0; i < others.length; i++) others[i] = stranger(one, two, i, people, random);
    return new Point(known, dSys(mated, nonMated), dSys(others, nonMated));
  }

  private static double stranger(
      double[][] one, double[][] two, int index, int people, RandomGenerator random) {
    int i = index % people;
    int j = (i + 1 + random.nextInt(people - 1)) % people;
    return dot(one[i], two[j]);
  }

  /// Over equal bins of all scores: the mean, over mated scores, of how far the likelihood ratio
  /// speaks for them being mated, `2 LR / (1 + LR) - 1` where that is positive.
  static double dSys(double[] mated, double[] nonMated) {
    double low =
        Math.min(Arrays.stream(mated).min().orElse(0), Arrays.stream(nonMated).min().orElse(0));
    double high =
        Math.max(Arrays.stream(mated).max().orElse(0), Arrays.stream(nonMated).max().orElse(0));
    double width = (high - low) / BINS;
    if (!(width > 0)) return 0;
    double[] of = histogram(mated, low, width);
    double[] against = histogram(nonMated, low, width);
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (of[bin] <= against[bin]) continue;
      // With LR = of / against: 2 LR / (1 + LR) - 1 = (of - against) / (of + against).
      sum += of[bin] * (of[bin] - against[bin]) / (of[bin] + against[bin]);
    }
    return sum;
  }

  private static double[] histogram(double[] scores, double low, double width) {
    double[] shares = new double[BINS];
    for (double score : scores) {
      int bin = Math.min(BINS - 1, (int) ((score - low) / width));
      shares[bin] += 1.0 / scores.length;
    }
    return shares;
  }
}
