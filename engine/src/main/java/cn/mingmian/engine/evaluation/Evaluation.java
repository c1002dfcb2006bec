package cn.mingmian.engine.evaluation;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.Calibration;
import cn.mingmian.engine.CaptureArea;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.FaceTemplate;
import cn.mingmian.engine.Quality;
import cn.mingmian.engine.Quality.Component;
import cn.mingmian.engine.Unreadable;
import cn.mingmian.engine.UseCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What an accuracy run found. Immutable.
///
/// @param model     pack id
/// @param people    different persons in the set
/// @param photos    photos in the set
/// @param failures  photos without a template, by what was wrong
/// @param all       every photo with a template against every other
/// @param listed    the pairs of `pairs.tsv` that both gave a template, when there is a list
/// @param bestSplit accuracy at the best threshold over the listed pairs, ten-fold, when there is a
///     list
/// @param groups    each demographic group that people were labelled with, in order of mention
public record Evaluation(
    String model,
    int people,
    int photos,
    Map<String, Integer> failures,
    Scores all,
    Optional<Scores> listed,
    Optional<SplitAccuracy> bestSplit,
    List<DiscardCurve> discard,
    List<GroupScores> groups) {

  /// False-match rates that are reported, the loosest first.
  public static final List<Double> STANDARD_POINTS =
      List.of(1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6);

  private static final double DISCARD_AT_FMR = 1e-4;

  /// Templates whose columns are held against one row at a time; their floats fit the second cache.
  private static final int BLOCK = 256;

  public Evaluation {
    failures = Map.copyOf(failures);
    discard = List.copyOf(discard);
    groups = List.copyOf(groups);
  }

  /// Accuracy the way the set of 6,000 LFW pairs is reported: each tenth judged at the threshold
  /// that is best for the other nine.
  ///
  /// @param deviation standard deviation over the ten
  public record SplitAccuracy(double mean, double deviation, int pairs) {}

  /// Told how far a run is.
  public interface Progress {
    /// @param step  what is done now
    /// @param done  of it
    /// @param total of it
    void at(String step, long done, long total);
  }

  /// Failure to enrol: photos that gave no template.
  public Rate failureToEnrol() {
    return new Rate(failures.values().stream().mapToInt(Integer::intValue).sum(), photos);
  }

  /// One row of the table of error rates.
  ///
  /// @param wished false-match rate asked for
  public record Row(double wished, double threshold, Rate fmr, Rate fnmr) {}

  /// Those of the standard points that at least one impostor pair stands for.
  public List<Row> table() {
    return STANDARD_POINTS.stream()
        .filter(fmr -> fmr * all.impostorCount() >= 1)
        .map(this::row)
        .toList();
  }

  /// The threshold for a wished rate, and the rates measured there.
  public Row row(double fmr) {
    double threshold = all.thresholdForFmr(fmr);
    return new Row(fmr, threshold, all.falseMatches(threshold), all.falseNonMatches(threshold));
  }

  /// One point of the trade between the two errors (detection error trade-off).
  public record TradeOff(double threshold, double fmr, double fnmr) {}

  /// False non-matches over false matches, ten points a decade and more, from FMR 1 down to the
  /// last false match.
  public List<TradeOff> tradeOff() {
    List<TradeOff> points = new ArrayList<>();
    for (int step = 0; Math.pow(10, -step / 16.0) * all.impostorCount() >= 1; step++) {
      double threshold = all.thresholdForFmr(Math.pow(10, -step / 16.0));
      double fmr = all.falseMatches(threshold).value();
      if (fmr == 0 || (!points.isEmpty() && points.getLast().fmr() == fmr)) continue;
      points.add(new TradeOff(threshold, fmr, all.falseNonMatches(threshold).value()));
    }
    return points;
  }

  /// The table as a calibration that the engine can carry: those rows that 30 errors or more stand
  /// for, so that no threshold rests on a handful of mislabelled photos.
  ///
  /// @param set what the photos are, and what is known against them
  public Calibration calibration(String set, LocalDate measured) {
    List<Calibration.OperatingPoint> points =
        table().stream()
            .filter(row -> row.fmr().supported())
            .map(
                row ->
                    new Calibration.OperatingPoint(
                        row.wished(),
                        row.threshold(),
                        row.fmr().low(),
                        row.fmr().high(),
                        row.fnmr().value(),
                        row.fnmr().low(),
                        row.fnmr().high()))
            .toList();
    int enrolled = photos - Math.toIntExact(failureToEnrol().errors());
    return new Calibration(
        model, set, people, enrolled, all.genuineCount(), all.impostorCount(), measured, points);
  }

  /// Makes a template of every photo and compares them. Templates are zeroed before it returns.
  ///
  /// @param groups  labels of the people, or none
  /// @param threads photos worked on side by side; as many as the engine has workers
  /// @throws EvaluationStoppedException if a photo's file cannot be read, naming it
  public static Evaluation run(
      FaceEngine engine, LabelledPhotos set, Groups groups, int threads, Progress progress) {
    Map<String, Integer> failures = new TreeMap<>();
    @Nullable FaceTemplate[] templates = new FaceTemplate[set.photos().size()];
    @Nullable Quality[] qualities = new Quality[set.photos().size()];
    try {
      templates(engine, set, threads, progress, templates, qualities, failures);
      Vectors vectors = Vectors.of(templates, engine.pack().template().dimensions());
      try {
        List<GenuinePair> genuine = new ArrayList<>();
        int[] groupOf = groups.ofPhotos(set);
        List<GroupScores> grouped = groups(groups, groupOf, templates);
        Scores all = allPairs(vectors, set, groupOf, grouped, genuine, progress);
        Optional<Scores> listed = Optional.empty();
        Optional<SplitAccuracy> split = Optional.empty();
        if (!set.pairs().isEmpty()) {
          double[] scores =
              set.pairs().stream()
                  .mapToDouble(pair -> vectors.dot(pair.first(), pair.second()))
                  .toArray();
          Scores counted = new Scores();
          for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) counted.add(scores[i], set.pairs().get(i).samePerson());
          }
          listed = Optional.of(counted);
          split = splitAccuracy(scores, set.pairs());
        }
        return new Evaluation(
            engine.pack().id(),
            set.people(),
            set.photos().size(),
            failures,
            all,
            listed,
            split,
            discardCurves(all, genuine, qualities),
            grouped);
      } finally {
        vectors.erase();
      }
    } finally {
      for (@Nullable FaceTemplate template : templates) if (template != null) template.close();
    }
  }

  /// Each group, its scores still empty.
  private static List<GroupScores> groups(
      Groups groups, int[] groupOf, @Nullable FaceTemplate[] templates) {
    List<GroupScores> empty = new ArrayList<>();
    for (int group = 0; group < groups.names().size(); group++) {
      int photos = 0;
      int failed = 0;
      for (int photo = 0; photo < groupOf.length; photo++) {
        if (groupOf[photo] != group) continue;
        photos++;
        if (templates[photo] == null) failed++;
      }
      int number = group;
      int people = (int) groups.ofPerson().values().stream().filter(of -> of == number).count();
      empty.add(
          new GroupScores(
              groups.names().get(group), people, new Rate(failed, photos), new Scores()));
    }
    return empty;
  }

  private static void templates(
      FaceEngine engine,
      LabelledPhotos set,
      int threads,
      Progress progress,
      @Nullable FaceTemplate[] templates,
      @Nullable Quality[] qualities,
      Map<String, Integer> failures) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    int total = templates.length;
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            workers.submit(
                () -> {
                  for (int photo = next.getAndIncrement();
                      photo < total;
                      photo = next.getAndIncrement()) {
                    Analysis analysis =
                        engine.analyse(
                            read(set.photos().get(photo)),
                            UseCase.EVALUATION,
                            CaptureArea.wholeFrame());
                    if (analysis instanceof Analysis.OneFace face) {
                      templates[photo] = face.template();
                      qualities[photo] = face.quality();
                    } else {
                      synchronized (failures) {
                        failures.merge(failure(analysis), 1, Integer::sum);
                      }
                    }
                    progress.at("templates", done.incrementAndGet(), total);
                  }
                }));
      }
      for (Future<?> worker : running) worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationStoppedException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new EvaluationStoppedException(String.valueOf(why.getMessage()), why);
    }
  }

  private static String failure(Analysis analysis) {
    return analysis instanceof Unreadable unreadable
        ? "UNREADABLE_" + unreadable.reason()
        : analysis.getClass().getSimpleName();
  }

  private static byte[] read(LabelledPhotos.LabelledPhoto photo) {
    try {
      return Files.readAllBytes(photo.file());
    } catch (IOException e) {
      throw new UncheckedIOException("photo `%s` cannot be read".formatted(photo.path()), e);
    }
  }

  /// Every row against the rows before it, a block of columns at a time.
  private static Scores allPairs(
      Vectors vectors,
      LabelledPhotos set,
      int[] groupOf,
      List<GroupScores> groups,
      List<GenuinePair> genuine,
      Progress progress) {
    int count = vectors.count();
    long total = (long) count * (count - 1) / 2;
    long done = 0;
    Scores scores = new Scores();
    float[] columns = new float[vectors.dimensions() * BLOCK];
    float[] sums = new float[BLOCK];
    try {
      for (int from = 0; from < count; from += BLOCK) {
        int width = Math.min(BLOCK, count - from);
        vectors.transpose(from, width, columns);
        for (int row = from + 1; row < count; row++) {
          int until = Math.min(width, row - from);
          vectors.dots(row, columns, sums);
          for (int i = 0; i < until; i++) {
            if (vectors.present(row) && vectors.present(from + i)) {
              boolean same = set.photos().get(row).person() == set.photos().get(from + i).person();
              scores.add(sums[i], same);
              int group = groupOf[row];
              if (group >= 0 && group == groupOf[from + i]) {
                groups.get(group).within().add(sums[i], same);
              }
              if (same) genuine.add(new GenuinePair(row, from + i, sums[i]));
            }
          }
          done += until;
        }
        progress.at("pairs", done, total);
      }
      return scores;
    } finally {
      Arrays.fill(columns, 0);
    }
  }

  private record GenuinePair(int first, int second, float score) {}

  private static List<DiscardCurve> discardCurves(
      Scores all, List<GenuinePair> genuine, @Nullable Quality[] qualities) {
    if (genuine.isEmpty() || all.impostorCount() == 0) return List.of();
    double threshold = all.thresholdForFmr(DISCARD_AT_FMR);
    if (genuine.stream().noneMatch(pair -> pair.score() < threshold)) return List.of();
    List<DiscardCurve> curves = new ArrayList<>();
    for (Component component : Component.values()) {
      curves.add(curve(component.name(), threshold, genuine, qualities, q -> score(q, component)));
    }
    curves.add(
        curve(
            DiscardCurve.LOWEST,
            threshold,
            genuine,
            qualities,
            q -> q.findings().stream().mapToInt(Quality.Finding::score).min().orElse(0)));
    curves.sort(Comparator.comparingDouble(DiscardCurve::relativeArea));
    return curves;
  }

  private static int score(Quality quality, Component component) {
    return quality.findings().stream()
        .filter(finding -> finding.component() == component)
        .mapToInt(Quality.Finding::score)
        .findFirst()
        .orElseThrow();
  }

  private static DiscardCurve curve(
      String name,
      double threshold,
      List<GenuinePair> genuine,
      @Nullable Quality[] qualities,
      ToIntFunction<Quality> measure) {
    List<DiscardCurve.Judged> judged = new ArrayList<>();
    for (GenuinePair pair : genuine) {
      Quality one = Objects.requireNonNull(qualities[pair.first()]);
      Quality other = Objects.requireNonNull(qualities[pair.second()]);
      int poorer = Math.min(measure.applyAsInt(one), measure.applyAsInt(other));
      judged.add(new DiscardCurve.Judged(poorer, pair.score() < threshold));
    }
    return DiscardCurve.of(name, threshold, judged);
  }

  private static Optional<SplitAccuracy> splitAccuracy(
      double[] scores, List<LabelledPhotos.Pair> pairs) {
    List<Integer> usable = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) if (!Double.isNaN(scores[i])) usable.add(i);
    boolean both =
        usable.stream().anyMatch(i -> pairs.get(i).samePerson())
            && usable.stream().anyMatch(i -> !pairs.get(i).samePerson());
    int folds = 10;
    if (!both || usable.size() < 10 * folds) return Optional.empty();
    double[] accuracies = new double[folds];
    for (int fold = 0; fold < folds; fold++) {
      Scores others = new Scores();
      for (int k = 0; k < usable.size(); k++) {
        int pair = usable.get(k);
        if (k % folds != fold) others.add(scores[pair], pairs.get(pair).samePerson());
      }
      double threshold = mostAccurate(others);
      int right = 0;
      int judged = 0;
      for (int k = fold; k < usable.size(); k += folds) {
        int pair = usable.get(k);
        judged++;
        if ((scores[pair] >= threshold) == pairs.get(pair).samePerson()) right++;
      }
      accuracies[fold] = (double) right / judged;
    }
    double mean = Arrays.stream(accuracies).average().orElseThrow();
    double variance =
        Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).sum() / (folds - 1);
    return Optional.of(new SplitAccuracy(mean, Math.sqrt(variance), usable.size()));
  }

  private static double mostAccurate(Scores scores) {
    double best = 0;
    long fewest = Long.MAX_VALUE;
    for (int step = 0; step <= 1000; step++) {
      double threshold = step / 1000.0;
      long wrong =
          scores.falseMatches(threshold).errors() + scores.falseNonMatches(threshold).errors();
      if (wrong < fewest) {
        fewest = wrong;
        best = threshold;
      }
    }
    return best;
  }

  /// All templates of a run as one block of floats, zeroed after it.
  private record Vectors(int count, int dimensions, float[] values, boolean[] there) {
    static Vectors of(@Nullable FaceTemplate[] templates, int dimensions) {
      float[] values = new float[Math.multiplyExact(templates.length, dimensions)];
      boolean[] there = new boolean[templates.length];
      for (int i = 0; i < templates.length; i++) {
        FaceTemplate template = templates[i];
        if (template == null) continue;
        there[i] = true;
        int at = i * dimensions;
        template.withValues(
            (MemorySegment floats) -> {
              MemorySegment.copy(floats, ValueLayout.JAVA_FLOAT, 0, values, at, dimensions);
              return at;
            });
      }
      return new Vectors(templates.length, dimensions, values, there);
    }

    boolean present(int row) {
      return there[row];
    }

    /// Not a number if one of the two has no template.
    double dot(int a, int b) {
      if (!there[a] || !there[b]) return Double.NaN;
      double sum = 0;
      for (int d = 0; d < dimensions; d++)
        sum += (double) values[a * dimensions + d] * values[b * dimensions + d];
      return sum;
    }

    /// Column by column, so that the inner loop of [#dots] runs over neighbours and the compiler
    /// turns it into vector instructions.
    void transpose(int from, int width, float[] columns) {
      Arrays.fill(columns, 0);
      for (int i = 0; i < width; i++) {
        for (int d = 0; d < dimensions; d++)
          columns[d * BLOCK + i] = values[(from + i) * dimensions + d];
      }
    }

    void dots(int row, float[] columns, float[] sums) {
      Arrays.fill(sums, 0);
      for (int d = 0; d < dimensions; d++) {
        float value = values[row * dimensions + d];
        int at = d * BLOCK;
        for (int i = 0; i < BLOCK; i++) sums[i] += value * columns[at + i];
      }
    }

    void erase() {
      Arrays.fill(values, 0);
    }
  }

  /// A run could not be finished.
  public static final class EvaluationStoppedException extends RuntimeException {
    EvaluationStoppedException(String why, Throwable cause) {
      super("evaluation stopped: " + why, cause);
    }
  }
}
