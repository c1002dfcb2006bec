package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.rights.Withdrawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What people are told of their own data, and of what was done with it.
class RightsTest {
  @TempDir Path data;

  @Test
  void a_withdrawal_holds_at_once_and_says_that_it_is_not_in_the_log_yet()
      throws IOException, InterruptedException {
    try (Gate gate = Gate.lawful(data)) {
      PersonId person = gate.grownUp();
      Consent consent = gate.consent(person);
      assertThat(gate.enrol(person, "images/p01/enrol.jpg")).isInstanceOf(Enrolled.Done.class);

      // The log's directory is gone: nothing can be published.
      Path log = data.resolve("log");
      Path away = Files.move(log, data.resolve("log-away"));
      Files.writeString(log, "");
      Withdrawn withdrawn = gate.platform.rights().withdraw(consent.id(), "portal");
      assertThat(withdrawn.logged()).isFalse();
      assertThat(gate.platform.trail().receipt(withdrawn.withdrawal().entry())).isEmpty();
      // What could not be logged is not begun.
      assertThat(gate.enrol(gate.consenting(), "images/p02/enrol.jpg"))
          .isInstanceOf(Enrolled.Refused.class);

      Files.delete(log);
      Files.move(away, log);
      assertThat(
              gate.platform
                  .trail()
                  .awaitPublished(withdrawn.withdrawal().entry(), Duration.ofSeconds(30)))
          .isTrue();
      assertThat(gate.platform.trail().receipt(withdrawn.withdrawal().entry())).isPresent();
      gate.platform.sweeper().sweep();
      assertThat(gate.platform.people().storedPersons()).isZero();
    }
  }

  @Test
  void the_copy_of_ones_data_names_every_entry_of_the_log_about_the_person() {
    try (Gate gate = new Gate(data)) {
      PersonId person = gate.grownUp();
      gate.platform
          .database()
          .transact(
              () -> {
                for (int i = 0; i < 1_100; i++) {
                  gate.platform.books().tell(Entry.of(Kind.REQUEST_ANSWERED).about(person.value()));
                }
              });
      assertThat(
              JsonMapper.shared()
                  .readTree(gate.platform.rights().export(person))
                  .at("/logEntries")
                  .size())
          .isEqualTo(1_101);
    }
  }
}
