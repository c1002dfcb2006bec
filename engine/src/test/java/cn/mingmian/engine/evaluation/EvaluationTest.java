package cn.mingmian.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.engine.Calibration;
import cn.mingmian.engine.EngineSettings;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  private static final Path ROOT = Path.of(System.getProperty("mingmian.root", ".."));
  @TempDir Path temp;

  @Test
  void wilson_interval_matches_published_values() {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    assertInterval(new Rate(81, 263), 0.2553, 0.3662);
    assertInterval(new Rate(15, 148), 0.0624, 0.1605);
    assertInterval(new Rate(0, 20), 0.0000, 0.1611);
    assertInterval(new Rate(1, 29), 0.0061, 0.1718);
  }

  private static void assertInterval(Rate rate, double low, double high) {
    assertThat(rate.low()).isCloseTo(low, Offset.offset(5e-5));
    assertThat(rate.high()).isCloseTo(high, Offset.offset(5e-5));
  }

  @Test
  void rates_and_thresholds_agree_with_counting_by_hand() {
    Scores scores = new Scores();
    Random random = new Random(5);
    double[] impostors = random.doubles(20_000, -0.4, 0.5).toArray();
    double[] genuine = random.doubles(700, 0.3, 1).toArray();
    for (double score : impostors) scores.add(score, false);
    for (double score : genuine) scores.add(score, true);
    double threshold = scores.thresholdForFmr(1e-2);
    long matched = java.util.Arrays.stream(impostors).filter(score -> score >= threshold).count();
    assertThat(matched).isLessThanOrEqualTo(200).isGreaterThan(190);
    assertThat(scores.falseMatches(threshold).errors()).isEqualTo(matched);
    assertThat(scores.falseNonMatches(threshold).errors())
        .isEqualTo(java.util.Arrays.stream(genuine).filter(score -> score < threshold).count());
    // Uniform: FMR(t) = (.5-t)/.9 meets FNMR(t) = (t-.3)/.7 at t = .3875, rate .125.
    assertThat(scores.equalErrorRate().threshold()).isCloseTo(0.3875, Offset.offset(0.02));
    assertThat(scores.equalErrorRate().rate()).isCloseTo(0.125, Offset.offset(0.02));
    assertThat(scores.histogram(50).stream().mapToLong(Scores.Bar::impostor).sum())
        .isEqualTo(20_000);
  }

  @Test
  void runs_over_a_labelled_folder_and_counts_what_gave_no_template() throws IOException {
    ModelStore store =
        new ModelStore(
            Path.of(System.getProperty("mingmian.models", ROOT.resolve("models").toString())));
    Assumptions.assumeTrue(store.installed(ModelPack.byDefault()), "no models installed");
    for (String person : List.of("p01", "p02", "p22")) {
      Path folder = Files.createDirectories(temp.resolve("images").resolve(person));
      for (String photo : List.of("enrol", "day1", "day2")) {
        Files.copy(
            ROOT.resolve("faces/images").resolve(person).resolve(photo + ".jpg"),
            folder.resolve(photo + ".jpg"));
      }
    }
    Files.writeString(temp.resolve("images/p01/broken.jpg"), "not a photo");
    Files.writeString(
        temp.resolve("pairs.tsv"),
        "p01/enrol.jpg\tp01/day1.jpg\t1\np01/enrol.jpg\tp02/day1.jpg\t0\n");
    Files.writeString(temp.resolve("groups.csv"), "person,group\np01,x\np02,x\np22,y\n");
    try (FaceEngine engine =
        FaceEngine.open(store, ModelPack.byDefault(), EngineSettings.defaults())) {
      long[] last = {0};
      Evaluation run =
          Evaluation.run(
              engine,
              LabelledPhotos.read(temp),
              Groups.read(temp.resolve("groups.csv"), LabelledPhotos.read(temp)),
              2,
              (step, done, total) -> last[0] = Math.max(last[0], done));
      assertThat(run.failures())
          .containsOnly(java.util.Map.entry("UNREADABLE_UNSUPPORTED_TYPE", 1));
      assertThat(run.failureToEnrol()).isEqualTo(new Rate(1, 10));
      assertThat(run.all().genuineCount()).isEqualTo(9);
      assertThat(run.all().impostorCount()).isEqualTo(27);
      assertThat(run.listed().orElseThrow().genuineCount()).isEqualTo(1);
      assertThat(run.all().falseNonMatches(0.411).errors()).isZero();
      assertThat(run.all().falseMatches(0.411).errors()).isLessThan(3);
      assertThat(last[0]).isEqualTo(45);
      GroupScores two = run.groups().getFirst();
      assertThat(two.people()).isEqualTo(2);
      assertThat(two.failureToEnrol()).isEqualTo(new Rate(1, 7));
      assertThat(two.within().genuineCount()).isEqualTo(6);
      assertThat(two.within().impostorCount()).isEqualTo(9);
      assertThat(run.groups().getLast().within().impostorCount()).isZero();
    }
  }

  @Test
  void groups_are_read_strictly_and_say_which_line_is_wrong() throws IOException {
    for (String person : List.of("a", "b", "c")) {
      Files.createDirectories(temp.resolve("images").resolve(person));
      Files.writeString(temp.resolve("images").resolve(person).resolve("1.jpg"), "x");
    }
    LabelledPhotos set = LabelledPhotos.read(temp);
    Path file = temp.resolve("groups.csv");
    Files.writeString(file, "\uFEFFperson,group\na,女 / women\nc,men\n\n");
    Groups groups = Groups.read(file, set);
    assertThat(groups.names()).containsExactly("女 / women", "men");
    assertThat(groups.ofPhotos(set)).containsExactly(0, -1, 1);
    assertWrong(file, set, "a,men\n", "line 1", "person,group");
    assertWrong(file, set, "", "line 1", "person,group");
    assertWrong(file, set, "person,group\na,men\nd,men\n", "line 3", "`d` has no photos");
    assertWrong(file, set, "person,group\na,men\na,women\n", "line 3", "twice");
    assertWrong(file, set, "person,group\na\n", "line 2", "PERSON,GROUP");
    assertWrong(file, set, "person,group\n", "names nobody");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> Groups.read(file, set)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Groups.read(temp.resolve("absent.csv"), set))
        .hasMessageContaining("absent.csv");
  }

  private static void assertWrong(Path file, LabelledPhotos set, String text, String... said)
      throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> Groups.read(file, set)).hasMessageContainingAll(said);
  }

  @Test
  void the_trade_off_ends_at_the_last_false_match_and_never_turns_back() {
    Scores scores = new Scores();
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) scores.add(random.nextGaussian() * 0.1, false);
    for (int i = 0; i < 500; i++) scores.add(0.4 + random.nextGaussian() * 0.1, true);
    List<Evaluation.TradeOff> points = evaluation(scores).tradeOff();
    assertThat(points.getFirst().fmr()).isEqualTo(1);
    assertThat(points.getLast().fmr()).isBetween(1 / 50_000.0, 3 / 50_000.0);
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).fmr()).isLessThan(points.get(i - 1).fmr());
      assertThat(points.get(i).fnmr()).isGreaterThanOrEqualTo(points.get(i - 1).fnmr());
    }
  }

  private static Evaluation evaluation(Scores scores) {
    return new Evaluation(
        "m",
        10,
        20,
        java.util.Map.of(),
        scores,
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        List.of(),
        List.of());
  }

  @Test
  void a_calibration_rests_on_thirty_errors_or_more() {
    Scores scores = new Scores();
    Random random = new Random(9);
    for (int i = 0; i < 400_000; i++) scores.add(random.nextGaussian() * 0.1, false);
    for (int i = 0; i < 1000; i++) scores.add(0.6 + random.nextGaussian() * 0.1, true);
    Evaluation run = evaluation(scores);
    assertThat(run.table()).hasSize(8);
    Calibration calibration = run.calibration("made up", LocalDate.of(2026, 11, 22));
    assertThat(calibration.points().getLast().fmr()).isEqualTo(1e-4);
    // One in a hundred of a normal distribution lies above 2.326 deviations.
    assertThat(calibration.thresholdForFmr(0.01)).isCloseTo(0.2326, Offset.offset(0.005));
  }

  @Test
  void discarding_by_a_measure_that_tells_something_lowers_the_misses() {
    java.util.ArrayList<DiscardCurve.Judged> telling = new java.util.ArrayList<>();
    java.util.ArrayList<DiscardCurve.Judged> mute = new java.util.ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      boolean missed = i < 50;
      telling.add(new DiscardCurve.Judged(missed ? 10 : 90, missed));
      mute.add(new DiscardCurve.Judged(50, missed));
    }
    DiscardCurve good = DiscardCurve.of("A", 0.4, telling);
    DiscardCurve flat = DiscardCurve.of("B", 0.4, mute);
    // 50 of 1000 missed; half of them are gone when the poorest 2.5 % are, all at 5 %.
    assertThat(good.points().getFirst().fnmr()).isCloseTo(0.05, Offset.offset(1e-12));
    assertThat(good.points().get(2).fnmr()).isCloseTo(30 / 980.0, Offset.offset(1e-12));
    assertThat(good.points().get(3).fnmr()).isZero();
    assertThat(flat.points())
        .allSatisfy(p -> assertThat(p.fnmr()).isCloseTo(0.05, Offset.offset(1e-12)));
    assertThat(flat.relativeArea()).isCloseTo(1, Offset.offset(1e-9));
    assertThat(good.relativeArea()).isLessThan(0.25);
  }

  @Test
  void a_list_that_names_a_missing_photo_is_refused_with_its_line() throws IOException {
    for (String person : List.of("a", "b")) {
      Files.createDirectories(temp.resolve("images").resolve(person));
      Files.writeString(temp.resolve("images").resolve(person).resolve("1.jpg"), "x");
    }
    Files.writeString(temp.resolve("pairs.tsv"), "a/1.jpg\tb/1.jpg\t0\na/1.jpg\tb/2.jpg\t0\n");
    assertThatThrownBy(() -> LabelledPhotos.read(temp))
        .hasMessageContaining("line 2")
        .hasMessageContaining("b/2.jpg");
    Files.writeString(temp.resolve("pairs.tsv"), "a/1.jpg b/1.jpg 0\n");
    assertThatThrownBy(() -> LabelledPhotos.read(temp))
        .hasMessageContaining("line 1")
        .hasMessageContaining("TAB");
    assertThatThrownBy(() -> LabelledPhotos.read(temp.resolve("images")))
        .hasMessageContaining("no folder `images`");
  }
}
