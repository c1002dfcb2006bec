package cn.mingmian.platform.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlsTest {
  @TempDir Path directory;

  @Test
  void no_family_works_before_its_check_has_passed() {
    try (TestBooks t = new TestBooks(directory)) {
      Controls controls = new Controls(t.books);
      assertThat(controls.working()).isEmpty();
      controls.runAll();
      assertThat(controls.working()).containsExactly(Control.AUDIT);
      assertThat(controls.states())
          .hasSize(Control.values().length)
          .filteredOn(s -> s.family() == Control.ENCRYPTION)
          .singleElement()
          .satisfies(s -> assertThat(s.why()).isEqualTo("no check of it has run"));
      assertThat(controls.history(Control.AUDIT, 10))
          .singleElement()
          .satisfies(c -> assertThat(c.evidence()).contains("changing it was refused"));
    }
  }

  @Test
  void one_failing_check_takes_its_family_down_and_evidence_grows_old() {
    try (TestBooks t = new TestBooks(directory)) {
      Controls controls = new Controls(t.books);
      AtomicBoolean holds = new AtomicBoolean(true);
      controls.register(check("seal", holds));
      controls.register(check("flip", new AtomicBoolean(true)));
      controls.runAll();
      assertThat(controls.working()).containsExactlyInAnyOrder(Control.AUDIT, Control.ENCRYPTION);
      holds.set(false);
      controls.runAll();
      assertThat(controls.working()).containsExactly(Control.AUDIT);
      // Told: three first results and one change; repetitions are evidence in the table only.
      assertThat(t.told(Kind.CONTROL_CHECKED)).isEqualTo(4);
      holds.set(true);
      controls.runAll();
      t.clock.forward(Duration.ofHours(25));
      assertThat(controls.working()).as("a day later nothing is evidenced").isEmpty();
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> controls.register(check("seal", holds)));
    }
  }

  @Test
  void a_check_that_throws_has_failed() {
    try (TestBooks t = new TestBooks(directory)) {
      Controls controls = new Controls(t.books);
      controls.register(
          new SelfCheck() {
            @Override
            public Control family() {
              return Control.ENCRYPTION;
            }

            @Override
            public String name() {
              return "throws";
            }

            @Override
            public Outcome run() {
              throw new IllegalStateException("no key");
            }
          });
      controls.runAll();
      assertThat(controls.working()).containsExactly(Control.AUDIT);
      assertThat(controls.history(Control.ENCRYPTION, 1).getFirst().evidence()).contains("no key");
    }
  }

  @Test
  void when_the_log_cannot_be_written_audit_is_down_at_once() throws Exception {
    try (TestBooks t = new TestBooks(directory)) {
      Controls controls = new Controls(t.books);
      controls.runAll();
      assertThat(controls.working()).contains(Control.AUDIT);
      Path tiles = directory.resolve("log/tile");
      Path aside = directory.resolve("aside");
      Files.move(tiles, aside);
      Files.createFile(tiles);
      controls.runAll();
      assertThat(controls.working()).isEmpty();
      Files.delete(tiles);
      Files.move(aside, tiles);
      controls.runAll();
      assertThat(controls.working()).contains(Control.AUDIT);
    }
  }

  @Test
  void the_level_of_classified_protection_is_a_record() {
    try (TestBooks t = new TestBooks(directory)) {
      Controls controls = new Controls(t.books);
      assertThat(controls.mlps()).isEmpty();
      Mlps third = new Mlps(3, "31000000001", LocalDate.of(2026, 3, 1), "ab".repeat(32));
      controls.recordMlps(third, new Actor("anna"));
      assertThat(controls.mlps()).contains(third);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(
              () ->
                  controls.recordMlps(
                      new Mlps(6, "x", LocalDate.of(2026, 3, 1), "ab".repeat(32)),
                      new Actor("anna")));
    }
  }

  private static SelfCheck check(String name, AtomicBoolean holds) {
    return new SelfCheck() {
      @Override
      public Control family() {
        return Control.ENCRYPTION;
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public Outcome run() {
        return new Outcome(holds.get(), "tried");
      }
    };
  }
}
