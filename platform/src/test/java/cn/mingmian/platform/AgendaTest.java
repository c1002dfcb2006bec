package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.agenda.Agenda;
import cn.mingmian.platform.agenda.Point;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.SafetyNecessity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class AgendaTest {
  private Gate gate;

  @BeforeEach
  void setUp(@TempDir Path data) {
    gate = Gate.lawful(data);
    // Shanghai wants to know why, too.
    gate.approve(
        gate.platform
            .places()
            .claimSafetyNecessity(
                gate.zone, new SafetyNecessity("public order", "thefts at night"), Gate.AUTHOR));
  }

  @AfterEach
  void tearDown() {
    gate.close();
  }

  @Test
  void a_lawful_gate_leaves_nothing_to_do_and_asking_leaves_no_decision() {
    long before = decisions();
    Agenda.Today today = gate.platform.agenda().today();
    assertThat(today.points()).isEmpty();
    assertThat(today.examined()).isEqualTo(1);
    assertThat(today.left()).isZero();
    assertThat(decisions()).isEqualTo(before);
  }

  @Test
  void each_open_point_names_its_article_its_cure_and_its_gate() {
    gate.clock.forward(Duration.ofHours(2)); // card and desk were not heard for two hours
    List<Point> points = gate.platform.agenda().openPoints(checkpoint());
    assertThat(points)
        .isNotEmpty()
        .allSatisfy(
            p -> {
              assertThat(p.kind()).isEqualTo(Point.Kind.OPEN_POINT);
              assertThat(p.rules()).isNotEmpty();
              assertThat(p.why().zh()).startsWith("南门：");
              assertThat(p.stops()).isTrue();
            });
    assertThat(rules(points)).contains("MEASURES-2025/10.1");
    assertThat(points.stream().map(p -> p.what().zh())).doesNotHaveDuplicates();
    // What is foreseen is what the law then says.
    Permits permits = gate.platform.permits();
    if (!(permits.ask(Question.deploy(gate.purpose, gate.checkpoint)) instanceof Refusal refused)) {
      throw new AssertionError("permitted");
    }
    assertThat(rules(points))
        .containsExactlyInAnyOrderElementsOf(refused.decided().decision().violated());
    gate.heartbeat();
    assertThat(gate.platform.agenda().openPoints(checkpoint())).isEmpty();
  }

  @Test
  void drift_says_what_has_left_the_assessment_and_from_what_to_what() {
    gate.drawArea(0, 0.5);
    Point drift = only(Point.Kind.ASSESSMENT);
    assertThat(drift.rules()).containsExactly("MEASURES-2025/9.4");
    assertThat(drift.stops()).isTrue();
    assertThat(drift.why().en()).contains("device." + gate.device + ".area: stm_");
    gate.clock.forward(Duration.ofSeconds(1));
    gate.assess(Gate.terms(365).verbs().toArray(new Verb[0]));
    assertThat(of(Point.Kind.ASSESSMENT)).isEmpty();
    gate.platform.assessments().recordIncident(Optional.empty(), "a lost laptop", Gate.AUTHOR);
    assertThat(only(Point.Kind.ASSESSMENT).why().en()).contains("incident");
  }

  @Test
  void a_device_test_is_announced_sixty_days_ahead_and_overdue_after_a_year() {
    // Tested on 2026-08-01.
    at("2027-06-01T15:59:59Z");
    assertThat(of(Point.Kind.DEVICE_TEST)).isEmpty();
    at("2027-06-01T16:00:00Z"); // the second of June where the law counts
    Point test = only(Point.Kind.DEVICE_TEST);
    assertThat(test.due()).contains(LocalDate.of(2027, 8, 1));
    assertThat(test.overdue(LocalDate.of(2027, 8, 1))).isFalse();
    assertThat(test.overdue(LocalDate.of(2027, 8, 2))).isTrue();
  }

  @Test
  void a_sign_is_looked_at_before_it_stops_to_count() {
    // Photographed on 2026-11-20, good for ninety days.
    at("2027-02-02T15:59:59Z");
    assertThat(of(Point.Kind.SIGN)).isEmpty();
    at("2027-02-02T16:00:00Z"); // the third where the law counts
    assertThat(only(Point.Kind.SIGN).due()).contains(LocalDate.of(2027, 2, 17));
    at("2027-02-17T16:00:00Z");
    assertThat(of(Point.Kind.SIGN)).isEmpty();
    assertThat(rules(of(Point.Kind.OPEN_POINT))).contains("SHANGHAI-DATA/23");
  }

  @Test
  void what_one_wrote_waits_for_another_until_it_is_approved_or_overtaken() {
    gate.platform.purposes().draft(Gate.terms(30), Gate.AUTHOR);
    var area = gate.platform.places().captureArea(gate.device).orElseThrow().body();
    gate.clock.forward(Duration.ofSeconds(1));
    gate.platform.places().drawCaptureArea(gate.device, area, Gate.AUTHOR);
    gate.clock.forward(Duration.ofSeconds(1));
    String second = gate.platform.places().drawCaptureArea(gate.device, area, Gate.AUTHOR);
    assertThat(of(Point.Kind.APPROVAL)).hasSize(2);
    gate.approve(second);
    assertThat(of(Point.Kind.APPROVAL)).hasSize(1);
  }

  @Test
  void points_stand_by_date_and_without_one_what_stops_faces_comes_first() {
    gate.platform.purposes().draft(Gate.terms(30), Gate.AUTHOR);
    at("2027-07-20T00:00:00Z");
    List<Point> points = gate.platform.agenda().today().points();
    assertThat(points.getFirst().kind()).isEqualTo(Point.Kind.DEVICE_TEST);
    assertThat(points.getLast().kind()).isEqualTo(Point.Kind.APPROVAL);
    assertThat(points.stream().map(Point::kind))
        .contains(Point.Kind.PROTECTION, Point.Kind.OPEN_POINT);
  }

  @Test
  void refusals_are_counted_by_day_and_article_and_outlive_their_decisions() {
    gate.clock.forward(Duration.ofHours(2));
    gate.platform.permits().ask(Question.deploy(gate.purpose, gate.checkpoint));
    gate.platform.permits().ask(Question.deploy(gate.purpose, gate.checkpoint));
    gate.platform.database().sql().sql("DELETE FROM decision").update();
    assertThat(gate.platform.permits().refused(LocalDate.of(2026, 11, 23)))
        .contains(new Permits.Refused(LocalDate.of(2026, 11, 23), "MEASURES-2025/10.1", 2));
    assertThat(gate.platform.permits().refused(LocalDate.of(2026, 11, 24))).isEmpty();
  }

  private Checkpoint checkpoint() {
    return gate.platform.places().checkpoint(gate.checkpoint).orElseThrow();
  }

  private void at(String instant) {
    gate.clock.set(Instant.parse(instant));
  }

  private List<Point> of(Point.Kind kind) {
    return gate.platform.agenda().today().points().stream().filter(p -> p.kind() == kind).toList();
  }

  private Point only(Point.Kind kind) {
    List<Point> points = of(kind);
    assertThat(points).hasSize(1);
    return points.getFirst();
  }

  private static List<String> rules(List<Point> points) {
    return points.stream().flatMap(p -> p.rules().stream()).toList();
  }

  private long decisions() {
    return gate.platform
        .database()
        .sql()
        .sql("SELECT count(*) FROM decision")
        .query(Long.class)
        .single();
  }
}
