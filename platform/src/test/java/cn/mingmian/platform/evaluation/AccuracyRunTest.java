package cn.mingmian.platform.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.Rulebook;
import cn.mingmian.platform.models.Models;
import cn.mingmian.platform.records.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyRunTest {
  private static final Path ROOT = Path.of(System.getProperty("mingmian.root"));
  private static final Path MODELS =
      Path.of(System.getProperty("mingmian.models", ROOT.resolve("models").toString()));
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T02:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private final AccuracyRun run =
      new AccuracyRun(MODELS, facts -> Rulebook.standard().decide(facts), CLOCK);

  private static AccuracyRun.Task task(Path folder, Optional<Path> declaration) {
    return new AccuracyRun.Task(
        folder,
        declaration,
        Optional.empty(),
        OptionalDouble.of(0.01),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private Path people(String... photos) throws IOException {
    for (String person : new String[] {"p01", "p22"}) {
      Path folder = Files.createDirectories(directory.resolve("images").resolve(person));
      for (String photo : photos) {
        Path from = ROOT.resolve("faces/images").resolve(person).resolve(photo);
        Files.copy(from, folder.resolve(photo));
      }
    }
    return directory;
  }

  @Test
  void photos_of_people_are_not_opened_unless_somebody_answers_for_them() throws IOException {
    Path folder = people();
    Files.writeString(folder.resolve("images/p01/a.jpg"), "never read");
    assertThat(run.run(task(folder, Optional.empty()), (step, done, total) -> {}))
        .isInstanceOfSatisfying(
            AccuracyRun.Refused.class,
            refused -> {
              assertThat(refused.decision().violated()).contains("PIPL/13", "PIPL/55");
              assertThat(refused.decision().violated())
                  .as("research is outside the Measures")
                  .noneMatch(rule -> rule.startsWith("MEASURES-2025"));
            });
  }

  @Test
  void a_declared_ground_assessment_and_notice_let_research_run() throws IOException {
    Assumptions.assumeTrue(new Models(MODELS).byDefault().installed(), "no models installed");
    Path folder = people("enrol.jpg", "day1.jpg");
    String form = Files.readString(ROOT.resolve("docs/evaluation/people-declaration.example.json"));
    Path declared =
        Files.writeString(
            directory.resolve("filled-in.json"), form.replace("FILL IN", "filled in by a test"));
    AccuracyRun.Outcome outcome =
        run.run(task(folder, Optional.of(declared)), (step, done, total) -> {});
    assertThat(outcome)
        .isInstanceOfSatisfying(
            AccuracyRun.Measured.class,
            measured -> {
              assertThat(measured.report().ground().outcome()).startsWith("PERMIT");
              assertThat(measured.report().ground().rulebook()).isPresent();
              assertThat(measured.report().photos()).isEqualTo(4);
            });
  }

  @Test
  void faces_of_nobody_need_no_ground_and_the_report_reads_back_from_json() throws IOException {
    Assumptions.assumeTrue(new Models(MODELS).byDefault().installed(), "no models installed");
    Path folder = people("enrol.jpg", "day1.jpg", "day2.jpg");
    Files.copy(ROOT.resolve("faces/declaration.json"), folder.resolve("declaration.json"));
    AccuracyRun.Outcome outcome =
        run.run(task(folder, Optional.empty()), (step, done, total) -> {});
    EvaluationReport report = ((AccuracyRun.Measured) outcome).report();
    assertThat(report.ground().outcome()).isEqualTo("NO_NATURAL_PERSON");
    assertThat(report.genuinePairs()).isEqualTo(6);
    assertThat(report.impostorPairs()).isEqualTo(9);
    assertThat(report.equalErrorRate().rate()).isZero();
    assertThat(report.wished()).isPresent();
    assertThat(Json.read(Json.write(report), EvaluationReport.class)).isEqualTo(report);
  }

  @Test
  void groups_are_judged_at_the_threshold_of_the_whole_set_with_their_counts() throws IOException {
    Assumptions.assumeTrue(new Models(MODELS).byDefault().installed(), "no models installed");
    Path folder = people("enrol.jpg", "day1.jpg");
    Files.copy(ROOT.resolve("faces/declaration.json"), folder.resolve("declaration.json"));
    Path labels =
        Files.writeString(directory.resolve("labels.csv"), "person,group\np01,men\np22,women\n");
    AccuracyRun.Task task =
        new AccuracyRun.Task(
            folder,
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            false,
            Optional.empty(),
            Optional.of(labels));
    EvaluationReport report =
        ((AccuracyRun.Measured) run.run(task, (step, done, total) -> {})).report();
    assertThat(report.groups())
        .extracting(EvaluationReport.Group::name)
        .containsExactly("men", "women");
    EvaluationReport.Group men = report.groups().getFirst();
    assertThat(men.people()).isEqualTo(1);
    assertThat(men.fte().trials()).isEqualTo(2);
    assertThat(men.fnmr().orElseThrow().trials()).isEqualTo(1);
    assertThat(men.fmr()).as("one man cannot be mistaken for another").isEmpty();
    assertThat(report.tradeOff()).isNotEmpty();
    Files.writeString(labels, "person,group\np01,men\np99,women\n");
    assertThatThrownBy(() -> run.run(task, (step, done, total) -> {}))
        .hasMessageContainingAll("line 3", "`p99` has no photos");
  }

  @Test
  void a_set_in_which_nothing_can_be_compared_is_told_so() throws IOException {
    Path folder = people();
    Files.copy(ROOT.resolve("faces/declaration.json"), folder.resolve("declaration.json"));
    assertThatThrownBy(() -> run.run(task(folder, Optional.empty()), (step, done, total) -> {}))
        .hasMessageContaining("photos of 0 people, expected 2 or more");
    Assumptions.assumeTrue(new Models(MODELS).byDefault().installed(), "no models installed");
    for (String person : new String[] {"p01", "p22"}) {
      Files.writeString(folder.resolve("images").resolve(person).resolve("a.jpg"), "no photo");
    }
    assertThatThrownBy(() -> run.run(task(folder, Optional.empty()), (step, done, total) -> {}))
        .hasMessageContainingAll("2 of 2 photos gave no template", "UNREADABLE");
  }

  @Test
  void attacks_are_counted_by_species_and_the_worst_comes_first() throws IOException {
    Assumptions.assumeTrue(new Models(MODELS).byDefault().installed(), "no models installed");
    AccuracyRun.Task task =
        new AccuracyRun.Task(
            attacks(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            true,
            Optional.empty(),
            Optional.empty());
    AttackReport report =
        ((AccuracyRun.Attacked) run.run(task, (step, done, total) -> {})).report();
    // p01_phone passes passive liveness, p22_phone and both prints do not.
    assertThat(report.species())
        .extracting(AttackReport.Species::name)
        .containsExactly("phone", "print");
    assertThat(report.worstApcer()).contains(0.5);
    assertThat(report.species().getLast().apcer().errors()).isZero();
    assertThat(report.live()).isEqualTo(2);
    assertThat(report.bpcer().errors()).isZero();
    assertThat(report.species().getFirst().apcer().high()).isGreaterThan(0.9);
  }

  private Path attacks() throws IOException {
    Path folder = people("enrol.jpg");
    Path attacks = Files.createDirectories(folder.resolve("attacks"));
    for (String name : new String[] {"p01_print", "p01_phone", "p22_print", "p22_phone"}) {
      Files.copy(ROOT.resolve("faces/attacks/" + name + ".jpg"), attacks.resolve(name + ".jpg"));
    }
    Files.copy(ROOT.resolve("faces/declaration.json"), folder.resolve("declaration.json"));
    return folder;
  }

  @Test
  void a_declaration_that_is_none_is_refused_with_the_reason() throws IOException {
    Path form = ROOT.resolve("docs/evaluation/people-declaration.example.json");
    assertThatThrownBy(() -> Declaration.read(form)).hasMessageContaining("still the form");
    assertThatThrownBy(() -> declared("{\"set\":\"x\",\"subjects\":\"PEOPLE\"}"))
        .hasMessageContaining("nobody answers");
    assertThatThrownBy(() -> declared("{\"set\":\"x\",\"subjects\":\"ROBOTS\"}"))
        .isInstanceOf(Declaration.DeclarationException.class);
    assertThatThrownBy(() -> declared("{\"set\":\"x\",\"subjects\":\"SYNTHETIC\",\"more\":1}"))
        .isInstanceOf(Declaration.DeclarationException.class);
    assertThatThrownBy(() -> declared("not json"))
        .isInstanceOf(Declaration.DeclarationException.class);
    Path operation =
        Files.writeString(
            directory.resolve("operation.json"),
            """
            {"set":"x","subjects":"PEOPLE","answers":"anna",
             "facts":{"processor":{"activity":"OPERATION"}}}
            """);
    Path folder = people();
    assertThatThrownBy(
            () -> run.run(task(folder, Optional.of(operation)), (step, done, total) -> {}))
        .hasMessageContaining("RESEARCH");
  }

  private Declaration declared(String json) throws IOException {
    return Declaration.read(Files.writeString(directory.resolve("d.json"), json));
  }
}
