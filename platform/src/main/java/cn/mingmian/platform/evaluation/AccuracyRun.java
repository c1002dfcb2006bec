package cn.mingmian.platform.evaluation;

import cn.mingmian.engine.EngineSettings;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import cn.mingmian.engine.evaluation.AttackRun;
import cn.mingmian.engine.evaluation.Evaluation;
import cn.mingmian.engine.evaluation.GroupScores;
import cn.mingmian.engine.evaluation.Groups;
import cn.mingmian.engine.evaluation.LabelledPhotos;
import cn.mingmian.engine.evaluation.Rate;
import cn.mingmian.engine.evaluation.Scores;
import cn.mingmian.law.Decision;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// Asks the law, then measures. Thread-safe; each run takes the whole machine.
public final class AccuracyRun {
  private static final String DECLARATION = "declaration.json";
  private static final int BARS = 100;

  private final Path models;
  private final Function<Facts, Decision> law;
  private final Clock clock;

  /// @param models folder of the model files
  /// @param law    decides about facts and mints nothing, such as the what-if question of `permit`
  public AccuracyRun(Path models, Function<Facts, Decision> law, Clock clock) {
    this.models = models;
    this.law = law;
    this.clock = clock;
  }

  /// What came of a run.
  public sealed interface Outcome permits Measured, Attacked, Refused {}

  /// It ran.
  public record Measured(EvaluationReport report) implements Outcome {}

  /// It ran over presentation attacks.
  public record Attacked(AttackReport report) implements Outcome {}

  /// The law does not allow it; no photo was opened.
  public record Refused(Declaration declaration, Decision decision) implements Outcome {}

  /// What is to be measured.
  ///
  /// @param folder      `images/<person>/*`, and `pairs.tsv` if there is one
  /// @param declaration who answers for the set; else `declaration.json` in the folder, if any
  /// @param pairs       another list of pairs than the folder's own
  /// @param wishedFmr   a false-match rate whose threshold is wanted
  /// @param attacks     whether `attacks` or `spoof` is held against `live` or `images`, instead of
  ///                    people against each other
  /// @param pack        name of the pack to be measured; the default one if empty
  /// @param groups      file of `person,group` lines: which demographic group people belong to
  public record Task(
      Path folder,
      Optional<Path> declaration,
      Optional<Path> pairs,
      OptionalDouble wishedFmr,
      boolean attacks,
      Optional<String> pack,
      Optional<Path> groups) {
    /// The same with another pack.
    public Task with(String other) {
      return new Task(folder, declaration, pairs, wishedFmr, attacks, Optional.of(other), groups);
    }
  }

  /// Told how far the run is.
  public interface Progress {
    /// @param step `templates` or `pairs`
    void at(String step, long done, long total);
  }

  /// @throws Declaration.DeclarationException if the declaration is not one
  /// @throws RejectedRecordException `set-unreadable` if the folder is not laid out as it should
  ///     be, `set-too-small` if no pair of photos can be compared, `models-not-installed` if models
  // are absent or not those that were measured
  public Outcome run(Task task, Progress progress) {
    return run(task, declaration(task).orElseGet(() -> Declaration.none(task.folder())), progress);
  }

  /// As above, with what is declared of a folder that has no declaration of its own.
  public Outcome run(Task task, Declaration declaration, Progress progress) {
    Instant begun = clock.instant();
    ModelPack pack = pack(task);
    if (!task.attacks() && !Files.isDirectory(task.folder().resolve("images"))) {
      throw new RejectedRecordException(
          "set-unreadable",
          "`%s` has no folder `images` with one folder a person".formatted(task.folder()));
    }
    EvaluationReport.Ground ground;
    if (declaration.subjects() == Declaration.Subjects.SYNTHETIC) {
      // law| PIPL/4: personal information is about a natural person; these faces are nobody's.
      ground =
          new EvaluationReport.Ground(
              "NO_NATURAL_PERSON", Optional.empty(), declaration.answers(), List.of());
    } else {
      Decision decision = law.apply(declaration.question(begun));
      if (!decision.isPermitted()) return new Refused(declaration, decision);
      ground =
          new EvaluationReport.Ground(
              decision.outcome().name(),
              Optional.of(decision.rulebook()),
              declaration.answers(),
              decision.duties().stream().map(duty -> duty.kind().name()).toList());
    }
    try {
      return task.attacks()
          ? new Attacked(attack(task, pack, declaration, ground, begun, progress))
          : new Measured(measure(task, pack, declaration, ground, begun, progress));
    } catch (LabelledPhotos.UnreadableSetException e) {
      throw new RejectedRecordException("set-unreadable", String.valueOf(e.getMessage()));
    } catch (Evaluation.EvaluationStoppedException e) {
      throw new RejectedRecordException("set-unreadable", String.valueOf(e.getMessage()));
    } catch (ModelStore.ModelPackException e) {
      throw new RejectedRecordException("models-not-installed", String.valueOf(e.getMessage()));
    }
  }

  /// Whether the pack of a run is known and installed, before an hour is spent on another's.
  ///
  /// @throws RejectedRecordException `model-pack-unknown`, `models-not-installed`
  public void requireReady(Task task) {
    ModelPack pack = pack(task);
    if (new ModelStore(models).installed(pack)) return;
    throw new RejectedRecordException(
        "models-not-installed",
        "model pack `%s` is not installed: `mingmian models ensure --pack %s`"
            .formatted(pack.id(), pack.id()));
  }

  private static ModelPack pack(Task task) {
    try {
      return task.pack().map(ModelPack::named).orElseGet(ModelPack::byDefault);
    } catch (ModelPack.UnknownPackException e) {
      throw new RejectedRecordException("model-pack-unknown", String.valueOf(e.getMessage()));
    }
  }

  private EvaluationReport measure(
      Task task,
      ModelPack pack,
      Declaration declaration,
      EvaluationReport.Ground ground,
      Instant begun,
      Progress progress) {
    LabelledPhotos photos =
        task.pairs().isPresent()
            ? LabelledPhotos.read(task.folder(), task.pairs().get())
            : LabelledPhotos.read(task.folder());
    Groups groups = task.groups().map(file -> Groups.read(file, photos)).orElse(Groups.none());
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16);
    EngineSettings usual = EngineSettings.defaults();
    EngineSettings settings =
        new EngineSettings(threads, usual.largestPhoto(), usual.mostPixels(), usual.liveBar());
    try (FaceEngine engine = FaceEngine.open(new ModelStore(models), pack, settings)) {
      Evaluation found = Evaluation.run(engine, photos, groups, threads, progress::at);
      requireBothKinds(task, found);
      return report(declaration, ground, begun, found, task.wishedFmr());
    }
  }

  private static void requireBothKinds(Task task, Evaluation found) {
    if (found.all().genuineCount() > 0 && found.all().impostorCount() > 0) return;
    throw new RejectedRecordException(
        "set-too-small",
        "`%s`: %d of %d photos gave no template %s; that leaves %d pairs of one person and %d of two, expected at least one of each"
            .formatted(
                task.folder(),
                found.failureToEnrol().errors(),
                found.photos(),
                found.failures(),
                found.all().genuineCount(),
                found.all().impostorCount()));
  }

  private AttackReport attack(
      Task task,
      ModelPack pack,
      Declaration declaration,
      EvaluationReport.Ground ground,
      Instant begun,
      Progress progress) {
    AttackRun found;
    try (FaceEngine engine =
        FaceEngine.open(new ModelStore(models), pack, EngineSettings.defaults())) {
      found = AttackRun.run(engine, task.folder(), progress::at);
    }
    return new AttackReport(
        found.model(),
        declaration.set(),
        ground,
        begun,
        found.bar(),
        found.bonaFide().presented(),
        share(found.bonaFide().wrong()),
        share(found.bonaFide().nonResponses()),
        found.species().stream()
            .map(
                kind ->
                    new AttackReport.Species(
                        kind.name(),
                        kind.presented(),
                        share(kind.wrong()),
                        share(kind.nonResponses())))
            .toList(),
        Double.isNaN(found.worstApcer()) ? Optional.empty() : Optional.of(found.worstApcer()),
        Stream.of(0.1, 0.05, 0.01)
            .map(
                apcer -> {
                  OptionalDouble bpcer = found.bpcerAtApcer(apcer);
                  return new AttackReport.Trade(
                      apcer,
                      bpcer.isPresent() ? Optional.of(bpcer.getAsDouble()) : Optional.empty());
                })
            .toList());
  }

  /// The declaration that was named, or that lies in the folder.
  public static Optional<Declaration> declaration(Task task) {
    if (task.declaration().isPresent()) return task.declaration().map(Declaration::read);
    Path own = task.folder().resolve(DECLARATION);
    return Files.exists(own) ? Optional.of(Declaration.read(own)) : Optional.empty();
  }

  private EvaluationReport report(
      Declaration declaration,
      EvaluationReport.Ground ground,
      Instant begun,
      Evaluation found,
      OptionalDouble wished) {
    Evaluation.Row judged = judged(found, wished);
    return new EvaluationReport(
        found.model(),
        declaration.set(),
        ground,
        begun,
        Duration.between(begun, clock.instant()).toMillis() / 1000.0,
        found.people(),
        found.photos(),
        found.failures(),
        share(found.failureToEnrol()),
        found.all().genuineCount(),
        found.all().impostorCount(),
        equalErrorRate(found.all()),
        found.table().stream().map(AccuracyRun::row).toList(),
        wished.isPresent() ? Optional.of(row(judged)) : Optional.empty(),
        row(judged),
        found.tradeOff().stream()
            .map(p -> new EvaluationReport.TradeOff(p.threshold(), p.fmr(), p.fnmr()))
            .toList(),
        found
            .listed()
            .filter(scores -> scores.genuineCount() > 0 && scores.impostorCount() > 0)
            .map(
                scores ->
                    new EvaluationReport.Listed(
                        scores.genuineCount(),
                        scores.impostorCount(),
                        equalErrorRate(scores),
                        found.bestSplit().map(Evaluation.SplitAccuracy::mean),
                        found.bestSplit().map(Evaluation.SplitAccuracy::deviation))),
        found.discard().stream()
            .map(
                curve ->
                    new EvaluationReport.Discard(
                        curve.component(),
                        curve.threshold(),
                        curve.relativeArea(),
                        curve.points().stream()
                            .map(
                                point ->
                                    new EvaluationReport.DiscardPoint(
                                        point.discarded(), point.fnmr()))
                            .toList()))
            .toList(),
        found.all().histogram(BARS).stream()
            .map(b -> new EvaluationReport.Bar(b.from(), b.to(), b.genuine(), b.impostor()))
            .toList(),
        found.groups().stream().map(group -> group(group, judged.threshold())).toList());
  }

  private static Evaluation.Row judged(Evaluation found, OptionalDouble wished) {
    if (wished.isPresent()) return found.row(wished.getAsDouble());
    return found.table().reversed().stream()
        .filter(row -> row.fmr().supported())
        .findFirst()
        .orElseGet(() -> found.row(Evaluation.STANDARD_POINTS.getFirst()));
  }

  private static EvaluationReport.Group group(GroupScores group, double threshold) {
    return new EvaluationReport.Group(
        group.name(),
        group.people(),
        share(group.failureToEnrol()),
        tried(group.within().falseMatches(threshold)),
        tried(group.within().falseNonMatches(threshold)));
  }

  private static Optional<EvaluationReport.Share> tried(Rate rate) {
    return rate.trials() == 0 ? Optional.empty() : Optional.of(share(rate));
  }

  private static EvaluationReport.Row row(Evaluation.Row row) {
    return new EvaluationReport.Row(
        row.wished(), row.threshold(), share(row.fmr()), share(row.fnmr()), row.fmr().supported());
  }

  private static EvaluationReport.Share share(Rate rate) {
    return new EvaluationReport.Share(
        rate.errors(), rate.trials(), rate.value(), rate.low(), rate.high());
  }

  private static EvaluationReport.EqualErrorRate equalErrorRate(Scores scores) {
    Scores.EqualErrorRate rate = scores.equalErrorRate();
    return new EvaluationReport.EqualErrorRate(rate.rate(), rate.threshold());
  }
}
