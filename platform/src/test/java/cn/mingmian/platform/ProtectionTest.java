package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.defence.Alert;
import cn.mingmian.platform.defence.Attack;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Verified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lawful gate, and one protection of it switched off or attacked: the next decision refuses with
/// article 14 of the Measures, and comes back when a person has put it right.
@SuppressWarnings("NullAway.Init")
class ProtectionTest {
  private static final String P01 = "images/p01/enrol.jpg";
  private static final String P01_AGAIN = "images/p01/day1.jpg";
  private static final String STRANGER = "images/p25/enrol.jpg";

  private Gate gate;

  @BeforeEach
  void setUp(@TempDir Path data) {
    gate = Gate.lawful(data);
  }

  @AfterEach
  void tearDown() {
    gate.close();
  }

  private void assertRefused(PersonId person) {
    assertThat(gate.verify(person, P01_AGAIN))
        .isInstanceOfSatisfying(
            Verified.Refused.class,
            refused ->
                assertThat(RecognitionTest.rules(refused.refusal()))
                    .contains("MEASURES-2025/14.1"));
  }

  private void assertAnswers(PersonId person) {
    assertThat(gate.verify(person, P01_AGAIN)).isInstanceOf(Verified.Answered.class);
  }

  @Test
  void keys_that_others_may_read_switch_access_control_off_and_the_next_decision_refuses()
      throws Exception {
    PersonId person = gate.enrolled(P01);
    assertAnswers(person);
    Path keys = gate.data.resolve("keys");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
    gate.platform.controls().runAll();
    assertThat(gate.platform.controls().working()).doesNotContain(Control.ACCESS_CONTROL);
    assertRefused(person);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    gate.platform.controls().runAll();
    assertAnswers(person);
  }

  @Test
  void a_log_that_cannot_be_written_refuses_within_one_decision_and_is_told() throws Exception {
    PersonId person = gate.enrolled(P01);
    Path tiles = gate.data.resolve("log/tile");
    Path aside = gate.data.resolve("aside");
    Files.move(tiles, aside);
    Files.createFile(tiles);
    gate.platform.controls().runAll();
    assertRefused(person);
    gate.platform.defence().watch();
    assertThat(gate.platform.defence().open())
        .singleElement()
        .extracting(Alert::attack)
        .isEqualTo(Attack.LOG_GONE);
    Files.delete(tiles);
    Files.move(aside, tiles);
    gate.platform.controls().runAll();
    assertAnswers(person);
  }

  @Test
  void a_clock_that_jumps_stops_faces_until_somebody_has_looked() {
    PersonId person = gate.enrolled(P01);
    Duration stopped = gate.uptime.now();
    gate.uptime = () -> stopped;
    gate.clock.forward(Duration.ofMinutes(10));
    assertRefused(person);
    Alert alert = gate.platform.defence().open().getFirst();
    assertThat(alert.attack()).isEqualTo(Attack.CLOCK_MOVED);
    gate.platform.defence().lift(alert.id(), "time server was wrong", Gate.APPROVER);
    assertAnswers(person);
  }

  @Test
  void a_sweep_at_a_real_gate_is_stopped_and_the_member_passes_again_once_it_is_lifted() {
    PersonId person = gate.enrolled(P01);
    int strangers = 0;
    while (gate.identify(STRANGER) instanceof Identified.Answered answered) {
      assertThat(answered.unknown()).isTrue();
      assertThat(++strangers).isLessThan(20);
    }
    assertRefused(person);
    Alert alert = gate.platform.defence().open().getFirst();
    assertThat(alert.attack()).isEqualTo(Attack.ENUMERATION);
    gate.platform.defence().lift(alert.id(), "the neighbours' party", Gate.APPROVER);
    assertAnswers(person);
  }
}
