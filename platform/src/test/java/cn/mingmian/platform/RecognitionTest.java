package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.Finding;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Verified;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The main job at a gate where everything is in order.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecognitionTest {
  private Gate gate;
  private PersonId p01;
  private PersonId p02;

  @BeforeAll
  void setUp(@TempDir Path data) {
    gate = Gate.lawful(data);
    p01 = gate.enrolled("images/p01/enrol.jpg");
    p02 = gate.enrolled("images/p02/enrol.jpg");
  }

  @AfterAll
  void tearDown() {
    if (gate != null) gate.close();
  }

  @Test
  void recognises_the_named_person_in_another_photo() {
    Verified.Answered answer = (Verified.Answered) gate.verify(p01, "images/p01/day1.jpg");
    assertThat(answer.matched()).isTrue();
    assertThat(answer.cosine()).isGreaterThan(answer.bar().threshold());
    assertThat(answer.bar().fmr()).isLessThanOrEqualTo(1.001e-4);
    assertThat(answer.duties()).containsKeys("DELETE_RAW_IMAGE", "RECORD_PROCESSING");
  }

  @Test
  void tells_that_somebody_is_not_the_person_named() {
    Verified.Answered answer = (Verified.Answered) gate.verify(p02, "images/p01/day1.jpg");
    assertThat(answer.matched()).isFalse();
  }

  @Test
  void finds_a_member_among_members() {
    Identified answered = gate.identify("images/p02/day2.jpg");
    assertThat(answered).as(why(answered)).isInstanceOf(Identified.Answered.class);
    Identified.Answered answer = (Identified.Answered) answered;
    assertThat(answer.members())
        .singleElement()
        .satisfies(m -> assertThat(m.person()).isEqualTo(p02));
    assertThat(answer.searched()).isEqualTo(2);
  }

  @Test
  void a_stranger_is_unknown() {
    Identified answered = gate.identify("images/p22/day1.jpg");
    assertThat(answered).as(why(answered)).isInstanceOf(Identified.Answered.class);
    Identified.Answered answer = (Identified.Answered) answered;
    assertThat(answer.unknown()).isTrue();
  }

  static List<String> rules(Refusal refusal) {
    return refusal.findings().stream().map(Finding::rule).map(r -> r.id()).toList();
  }

  static String why(Object answer) {
    return switch (answer) {
      case Verified.Refused refused -> rules(refused.refusal()).toString();
      case Identified.Refused refused -> rules(refused.refusal()).toString();
      case Enrolled.Refused refused -> rules(refused.refusal()).toString();
      default -> answer.toString();
    };
  }
}
