package cn.mingmian.platform.defence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each attack is noticed in time and stops what it attacks; an ordinary day raises nothing.
@SuppressWarnings("NullAway.Init")
class DefenceTest {
  private static final Actor OFFICER = new Actor("officer");

  @TempDir Path directory;
  private TestBooks t;
  private Duration ran = Duration.ZERO;
  private Defence defence;
  private CheckpointId gate;

  @BeforeEach
  void setUp() {
    t = new TestBooks(directory);
    defence = new Defence(t.books, () -> ran);
    gate = checkpoint();
  }

  @AfterEach
  void tearDown() {
    t.close();
  }

  private CheckpointId checkpoint() {
    return new CheckpointId(t.books.ids().next("chk"));
  }

  private PersonId person() {
    return new PersonId(t.books.ids().next("per"));
  }

  private void forward(Duration by) {
    t.clock.forward(by);
    ran = ran.plus(by);
  }

  private Optional<Attack> standing(CheckpointId checkpoint, Optional<PersonId> person) {
    return defence.standing(checkpoint, Optional.empty(), person).map(Alert::attack);
  }

  @Test
  void a_replayed_normal_day_of_10_000_passages_raises_nothing() {
    // Four gates, 06:00 to 22:00, two rush hours. Of the faces 2 % are strangers', 1 in 70 members
    // is not recognised at first and tries up to three times, 2 % of the looks are wrongly taken
    // for pictures; clerks mistype passwords; every terminal reports from where it belongs.
    Random random = new Random(20261123);
    List<CheckpointId> gates = List.of(gate, checkpoint(), checkpoint(), checkpoint());
    List<DeviceId> devices =
        gates.stream().map(g -> new DeviceId(t.books.ids().next("dev"))).toList();
    List<PersonId> members = java.util.stream.Stream.generate(this::person).limit(1_500).toList();
    for (int passage = 0; passage < 10_000; passage++) {
      boolean rush = passage % 10 < 6;
      forward(Duration.ofMillis((long) (-Math.log(random.nextDouble()) * (rush ? 2_400 : 10_800))));
      int at = random.nextInt(gates.size());
      CheckpointId here = gates.get(at);
      defence.see(new Signal.Looked(here, random.nextInt(50) == 0));
      boolean stranger = random.nextInt(50) == 0;
      if (random.nextBoolean()) {
        defence.see(new Signal.Searched(here, stranger));
      } else {
        PersonId who = members.get(random.nextInt(members.size()));
        int tries = stranger || random.nextInt(70) == 0 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < tries; i++) {
          defence.see(new Signal.Compared(here, who, false, .1 + .2 * random.nextDouble()));
          forward(Duration.ofSeconds(4));
        }
        if (!stranger) defence.see(new Signal.Compared(here, who, true, .6));
      }
      if (passage % 60 == 0) {
        defence.see(new Signal.DeviceReported(devices.get(at), "192.0.2." + at));
      }
      if (passage % 400 == 0) {
        defence.see(new Signal.CredentialRefused("192.0.2.77", "clerk" + passage % 3));
      }
      if (passage % 100 == 0) defence.watch();
      assertThat(defence.open()).as("passage %d", passage).isEmpty();
    }
    assertThat(defence.history(10)).isEmpty();
  }

  @Test
  void a_climb_on_scores_is_stopped_before_the_score_rises_by_five_hundredths() {
    // A climber in template space: 512 numbers, each step a small change that is kept if the score
    // went up. It sees raw scores, which is more than any client is told.
    Random random = new Random(7);
    double[] target = unit(random);
    double[] probe = unit(random);
    PersonId victim = person();
    double first = cosine(target, probe);
    double best = first;
    int tries = 0;
    while (standing(gate, Optional.of(victim)).isEmpty()) {
      assertThat(++tries).isLessThan(100);
      double[] next = probe.clone();
      for (int i = 0; i < next.length; i++) next[i] += random.nextGaussian() * .01;
      double score = cosine(target, next);
      defence.see(new Signal.Compared(gate, victim, false, score));
      if (score > best) {
        best = score;
        probe = next;
      }
      forward(Duration.ofSeconds(1));
    }
    assertThat(best - first).isLessThan(.05);
    assertThat(tries).isEqualTo(5);
    assertThat(standing(gate, Optional.of(person()))).as("others pass").isEmpty();
    assertThat(standing(checkpoint(), Optional.of(victim))).as("elsewhere").isEmpty();
  }

  @Test
  void a_patient_climber_is_stopped_within_the_day() {
    PersonId victim = person();
    int tries = 0;
    while (standing(gate, Optional.of(victim)).isEmpty()) {
      assertThat(++tries).isLessThanOrEqualTo(12);
      defence.see(new Signal.Compared(gate, victim, false, .1));
      forward(Duration.ofMinutes(30));
    }
    assertThat(tries).isEqualTo(12);
  }

  @Test
  void a_sweep_of_strangers_is_stopped_within_twenty() {
    int faces = 0;
    while (standing(gate, Optional.empty()).isEmpty()) {
      assertThat(++faces).isLessThanOrEqualTo(20);
      defence.see(new Signal.Searched(gate, true));
      forward(Duration.ofSeconds(3));
    }
    assertThat(standing(gate, Optional.empty())).contains(Attack.ENUMERATION);
    assertThat(standing(checkpoint(), Optional.empty())).isEmpty();
  }

  @Test
  void one_face_tried_under_many_names_is_a_sweep_too() {
    int names = 0;
    while (standing(gate, Optional.empty()).isEmpty()) {
      assertThat(++names).isLessThanOrEqualTo(20);
      defence.see(new Signal.Compared(gate, person(), false, .1));
    }
  }

  @Test
  void a_burst_of_pictures_before_a_camera_stops_that_camera() {
    for (int i = 0; i < 6; i++) defence.see(new Signal.Looked(gate, true));
    assertThat(standing(gate, Optional.empty())).contains(Attack.SPOOF_BURST);
    assertThat(standing(checkpoint(), Optional.empty())).isEmpty();
  }

  @Test
  void who_tries_many_passwords_is_turned_away_and_an_attacked_account_is_told_but_not_locked() {
    for (int i = 0; i < 5; i++) {
      defence.see(new Signal.CredentialRefused("198.51.100.9", "account" + i));
    }
    assertThat(defence.turnsAway("198.51.100.9")).isTrue();
    assertThat(defence.turnsAway("198.51.100.10")).isFalse();
    for (int i = 0; i < 10; i++) {
      defence.see(new Signal.CredentialRefused("203.0.113." + i, "li"));
    }
    assertThat(defence.open())
        .filteredOn(alert -> alert.target().extent() == Target.Extent.ACCOUNT)
        .singleElement()
        .satisfies(alert -> assertThat(alert.suspends()).isFalse());
  }

  @Test
  void forged_requests_are_told_and_stop_nobody_but_themselves() {
    for (int i = 0; i < 3; i++) defence.see(new Signal.RequestRefused("192.0.2.8"));
    assertThat(defence.open())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.attack()).isEqualTo(Attack.FORGED_REQUESTS);
              assertThat(alert.suspends()).isFalse();
            });
    assertThat(defence.turnsAway("192.0.2.8")).isFalse();
  }

  @Test
  void a_device_that_reports_from_elsewhere_stands_still_until_somebody_places_it() {
    DeviceId device = new DeviceId(t.books.ids().next("dev"));
    defence.see(new Signal.DeviceReported(device, "192.0.2.4"));
    defence.see(new Signal.DeviceReported(device, "192.0.2.4"));
    assertThat(defence.open()).isEmpty();
    defence.see(new Signal.DeviceReported(device, "198.51.100.4"));
    Alert alert = defence.standing(gate, Optional.of(device), Optional.empty()).orElseThrow();
    assertThat(alert.attack()).isEqualTo(Attack.DEVICE_ELSEWHERE);
    assertThat(standing(gate, Optional.empty())).isEmpty();

    defence.place(device, "198.51.100.4", OFFICER);
    defence.lift(alert.id(), "moved to the new porch on Monday", OFFICER);
    defence.see(new Signal.DeviceReported(device, "198.51.100.4"));
    assertThat(defence.open()).isEmpty();
  }

  @Test
  void a_file_that_changes_on_the_disk_stops_all_faces() throws Exception {
    Path model = Files.writeString(directory.resolve("model.onnx"), "weights");
    defence.guard(List.of(model));
    defence.watch();
    assertThat(defence.open()).isEmpty();
    Files.writeString(model, "weightz");
    defence.watch();
    assertThat(standing(gate, Optional.empty())).contains(Attack.FILE_CHANGED);
    assertThat(defence.open().getFirst().evidence()).startsWith("`model.onnx` had sha-256");
    defence.lift(defence.open().getFirst().id(), "restored from the pinned package", OFFICER);
    defence.watch();
    assertThat(defence.open()).isEmpty();
    Files.delete(model);
    defence.watch();
    assertThat(standing(gate, Optional.empty())).contains(Attack.FILE_CHANGED);
  }

  @Test
  void a_clock_that_is_set_back_or_far_ahead_stops_all_faces_until_somebody_looks() {
    forward(Duration.ofHours(3));
    assertThat(standing(gate, Optional.empty())).as("time that really passed").isEmpty();
    t.clock.forward(Duration.ofSeconds(-3));
    assertThat(standing(gate, Optional.empty())).contains(Attack.CLOCK_MOVED);
    t.clock.forward(Duration.ofSeconds(3));
    assertThat(standing(gate, Optional.empty())).as("set right by itself").isPresent();
    defence.lift(defence.open().getFirst().id(), "battery replaced", OFFICER);
    assertThat(standing(gate, Optional.empty())).isEmpty();
    t.clock.forward(Duration.ofMinutes(2));
    assertThat(standing(gate, Optional.empty())).contains(Attack.CLOCK_MOVED);
  }

  @Test
  void an_alert_is_a_task_that_outlives_a_restart_and_ends_with_a_reason() {
    for (int i = 0; i < 6; i++) defence.see(new Signal.Looked(gate, true));
    assertThat(t.told(Kind.ALERT_RAISED)).isOne();
    for (int i = 0; i < 6; i++) defence.see(new Signal.Looked(gate, true));
    assertThat(defence.open()).as("told once while it is open").hasSize(1);

    defence = new Defence(t.books, () -> ran);
    assertThat(standing(gate, Optional.empty())).contains(Attack.SPOOF_BURST);
    String id = defence.open().getFirst().id();
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> defence.lift(id, " ", OFFICER));
    Alert lifted = defence.lift(id, "schoolchildren with a poster", OFFICER);
    assertThat(lifted.lifted()).get().extracting(Alert.Lifted::by).isEqualTo(OFFICER);
    assertThat(standing(gate, Optional.empty())).isEmpty();
    assertThat(t.told(Kind.ALERT_LIFTED)).isOne();
    assertThat(defence.history(10)).containsExactly(lifted);
    assertThatExceptionOfType(UnknownRecordException.class)
        .isThrownBy(() -> defence.lift(id, "again", OFFICER));
  }

  @Test
  void the_canary_attack_is_stopped_told_and_lifted_and_clutters_nothing() {
    var outcome = new CanaryAttackCheck(defence, t.books).run();
    assertThat(outcome.passed()).as(outcome.evidence()).isTrue();
    assertThat(outcome.evidence()).contains("after 15 strangers");
    assertThat(defence.open()).isEmpty();
    assertThat(defence.history(10)).isEmpty();
    assertThat(t.told(Kind.ALERT_RAISED)).isOne();
  }

  private static double[] unit(Random random) {
    double[] v = new double[512];
    for (int i = 0; i < v.length; i++) v[i] = random.nextGaussian();
    return v;
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
