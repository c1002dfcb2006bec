package cn.mingmian.engine.evaluation;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.CaptureArea;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.UseCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// How often presentation attacks pass, in the terms of ISO/IEC 30107-3. Each photo goes the way of
/// a probe, so quality refusals count as non-responses, not as detections. Immutable.
///
/// @param bonaFide live photos
/// @param species  attacks by kind, the worst first
/// @param bar      liveness score at and above which a photo counts as live
public record AttackRun(String model, double bar, Species bonaFide, List<Species> species) {
  public AttackRun {
    species = List.copyOf(species);
  }

  /// One kind of presentation.
  ///
  /// @param presented    photos
  /// @param wrong        attacks taken for live, or live photos taken for attacks, of those that
  ///                     got an answer: APCER or BPCER
  /// @param nonResponses photos that got no answer (no face, several, poor quality, unreadable):
  ///                     APNRR or BPNRR
  /// @param scores       liveness scores of those that got an answer, rising
  public record Species(
      String name, int presented, Rate wrong, Rate nonResponses, List<Double> scores) {
    public Species {
      scores = List.copyOf(scores);
    }
  }

  /// APCER of the worst species, as the standard wants it reported; not a number without attacks.
  public double worstApcer() {
    return species.isEmpty() ? Double.NaN : species.getFirst().wrong().value();
  }

  /// BPCER at the lowest bar at which no species passes more often than this.
  ///
  /// @return empty where no live photo or no attack got an answer
  public OptionalDouble bpcerAtApcer(double apcer) {
    List<Double> live = bonaFide.scores();
    if (live.isEmpty() || species.stream().allMatch(kind -> kind.scores().isEmpty())) {
      return OptionalDouble.empty();
    }
    double lowest = 0;
    for (Species kind : species) {
      int allowed = (int) Math.floor(apcer * kind.scores().size());
      if (kind.scores().size() > allowed) {
        // Just above the highest attack that may not pass.
        lowest =
            Math.max(lowest, Math.nextUp(kind.scores().get(kind.scores().size() - 1 - allowed)));
      }
    }
    double bar = lowest;
    long rejected = live.stream().filter(score -> score < bar).count();
    return OptionalDouble.of((double) rejected / live.size());
  }

  /// Runs over `live/**` or `images/**`, and `attacks` or `spoof`: a sub-folder is a species; of
  /// photos
  /// that lie there directly the species is the last part of the name, as in `p01_print.jpg`.
  ///
  /// @throws LabelledPhotos.UnreadableSetException if there are no live photos or no attacks
  public static AttackRun run(FaceEngine engine, Path folder, Evaluation.Progress progress) {
    List<Path> live = photos(first(folder, "live", "images"));
    Map<String, List<Path>> attacks = new TreeMap<>();
    Path attackFolder = first(folder, "attacks", "spoof");
    for (Path photo : photos(attackFolder)) {
      attacks.computeIfAbsent(species(attackFolder, photo), name -> new ArrayList<>()).add(photo);
    }
    if (live.isEmpty() || attacks.isEmpty()) {
      throw new LabelledPhotos.UnreadableSetException(
          "`%s` has %d live photos and attacks of %d kinds, expected 1 or more of each"
              .formatted(folder, live.size(), attacks.size()));
    }
    long total = live.size() + attacks.values().stream().mapToLong(List::size).sum();
    long[] done = {0};
    Runnable step = () -> progress.at("photos", ++done[0], total);
    double[] bar = {Double.NaN};
    Species bonaFide = judge(engine, "bona fide", live, false, bar, step);
    List<Species> kinds = new ArrayList<>();
    attacks.forEach((name, photos) -> kinds.add(judge(engine, name, photos, true, bar, step)));
    kinds.sort(
        Comparator.comparingDouble(
            (Species kind) -> kind.wrong().trials() == 0 ? 1 : -kind.wrong().value()));
    return new AttackRun(engine.pack().id(), bar[0], bonaFide, kinds);
  }

  private static Species judge(
      FaceEngine engine,
      String name,
      List<Path> photos,
      boolean attack,
      double[] bar,
      Runnable step) {
    int live = 0;
    List<Double> scores = new ArrayList<>();
    for (Path photo : photos) {
      try (Analysis analysis =
          engine.analyse(read(photo), UseCase.PROBE, CaptureArea.wholeFrame())) {
        switch (analysis) {
          case Analysis.OneFace one -> {
            live++;
            scores.add(one.liveness().score());
            bar[0] = one.liveness().bar();
          }
          case Analysis.SpoofSuspected suspected -> {
            scores.add(suspected.liveness().score());
            bar[0] = suspected.liveness().bar();
          }
          default -> {
            // No answer about liveness: counted as a non-response below.
          }
        }
      }
      step.run();
    }
    scores.sort(null);
    int answered = scores.size();
    return new Species(
        name,
        photos.size(),
        new Rate(attack ? live : answered - live, answered),
        new Rate(photos.size() - answered, photos.size()),
        scores);
  }

  private static Path first(Path folder, String... names) {
    for (String name : names) {
      if (Files.isDirectory(folder.resolve(name))) return folder.resolve(name);
    }
    throw new LabelledPhotos.UnreadableSetException(
        "`%s` has none of the folders %s".formatted(folder, List.of(names)));
  }

  private static List<Path> photos(Path folder) {
    try (var paths = Files.walk(folder, 3)) {
      return paths.filter(LabelledPhotos::photo).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(folder), e);
    }
  }

  private static String species(Path folder, Path photo) {
    Path below = folder.relativize(photo);
    if (below.getNameCount() > 1) return below.getName(0).toString();
    String name = photo.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    return stem.substring(stem.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
  }

  private static byte[] read(Path photo) {
    try {
      return Files.readAllBytes(photo);
    } catch (IOException e) {
      throw new UncheckedIOException("photo `%s` cannot be read".formatted(photo), e);
    }
  }
}
