package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.staff.StaffId;
import cn.mingmian.platform.staff.Viewing;
import cn.mingmian.platform.staff.Viewings;
import cn.mingmian.platform.viewing.Look;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Staff look at a person: with a reason, by another's leave, on the register.
class ViewingTest {
  @TempDir Path data;

  @Test
  void a_person_is_seen_only_after_another_hand_approved_it_and_each_look_is_registered() {
    try (Gate gate = Gate.lawful(data)) {
      PersonId person = gate.enrolled("images/p01/enrol.jpg");
      Platform platform = gate.platform;
      StaffId viewer = platform.staff().first().getFirst().account().id();
      StaffId deputy = platform.staff().first().getLast().account().id();
      Viewings viewings = platform.viewings();
      refused("reason-missing", () -> viewings.request(viewer, person, gate.purpose, " "));
      Viewing asked =
          viewings.request(viewer, person, gate.purpose, "wants to know what we hold of her");

      assertThat(platform.views().look(asked.id(), viewer.actor()))
          .isInstanceOfSatisfying(
              Look.Refused.class,
              no ->
                  assertThat(no.refusal().decided().decision().violated())
                      .contains("MEASURES-2025/14.1"));
      refused("author-is-approver", () -> viewings.approve(asked.id(), viewer.actor()));
      viewings.approve(asked.id(), deputy.actor());
      assertThat(platform.views().look(asked.id(), viewer.actor()))
          .as("looking at people was never assessed")
          .isInstanceOfSatisfying(
              Look.Refused.class,
              no ->
                  assertThat(no.refusal().decided().decision().violated())
                      .contains("MEASURES-2025/9.1"));
      gate.assess(Verb.values());
      refused("viewing-is-anothers", () -> platform.views().look(asked.id(), deputy.actor()));

      assertThat(platform.views().look(asked.id(), viewer.actor()))
          .isInstanceOfSatisfying(
              Look.Seen.class,
              seen -> {
                assertThat(seen.person().id()).isEqualTo(person);
                assertThat(seen.holdings()).hasSize(1);
                assertThat(seen.consents()).isNotEmpty();
                assertThat(platform.trail().find(seen.entry()).orElseThrow().kind())
                    .isEqualTo(Kind.ACCESSED.name());
              });
      assertThat(platform.tasks().open())
          .as("the look itself is the register's line, no task is left")
          .noneMatch(task -> task.kind().equals("LOG_ACCESS"));
      assertThat(viewings.of(person)).hasSize(1);
    }
  }

  private static void refused(String code, Runnable act) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(act::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
