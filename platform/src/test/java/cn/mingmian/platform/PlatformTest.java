package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Control;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.TestDatabases;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path data;

  @Test
  void what_was_recorded_is_there_after_a_restart_and_the_log_has_it() throws IOException {
    try (Database own = TestDatabases.fresh()) {
      Platform.Options options = options(data, TestDatabases.addressOf(own));
      PersonId person;
      try (Platform platform = open(options)) {
        person = platform.people().register(Optional.of("M-1"), Optional.empty(), ANNA).id();
        platform.controls().runAll();
        assertThat(platform.controls().working()).contains(Control.AUDIT);
      }
      assertThat(Files.getPosixFilePermissions(data.resolve("keys"))).hasSize(3);
      try (Platform platform = open(options)) {
        assertThat(platform.people().require(person).reference()).contains("M-1");
        assertThat(platform.trail().status().state()).isEqualTo(AuditStatus.State.WORKING);
        assertThat(platform.trail().about(person.value(), 10)).hasSize(1);
        assertThat(platform.controls().working()).as("checks of another life").isEmpty();
      }
    }
  }

  @Test
  void no_acknowledged_act_is_lost_when_the_process_is_killed() throws Exception {
    try (Database own = TestDatabases.fresh()) {
      TestDatabases.Address address = TestDatabases.addressOf(own);
      List<String> acknowledged = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        Process child =
            new ProcessBuilder(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Registering.class.getName(),
                    data.toString(),
                    address.url(),
                    address.user(),
                    address.password())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int wanted = acknowledged.size() + 5 + 7 * round;
        try (BufferedReader lines = child.inputReader()) {
          String line;
          while ((line = lines.readLine()) != null) {
            acknowledged.add(line);
            if (acknowledged.size() >= wanted) child.toHandle().destroyForcibly();
          }
        }
        child.waitFor();
        assertThat(acknowledged.size()).isGreaterThanOrEqualTo(wanted);
      }
      try (Platform platform = open(options(data, address))) {
        assertThat(platform.trail().status().state()).isEqualTo(AuditStatus.State.WORKING);
        for (String line : acknowledged) {
          String[] both = line.split(" ", 2);
          assertThat(platform.people().find(new PersonId(both[0]))).isPresent();
          assertThat(platform.trail().receipt(new EntryId(both[1])))
              .as("entry of an acknowledged act")
              .isPresent();
        }
        assertThat(
                own.sql()
                    .sql(
                        "SELECT count(*) - max(number) - 1 FROM audit_entry WHERE number IS NOT NULL")
                    .query(Long.class)
                    .single())
            .as("gaps in the numbering")
            .isZero();
      }
    }
  }

  /// Registers people, and says so only once each entry is in the log; until killed.
  static final class Registering {
    public static void main(String[] arguments) {
      TestDatabases.Address address =
          new TestDatabases.Address(arguments[1], arguments[2], arguments[3]);
      Platform platform = open(options(Path.of(arguments[0]), address));
      while (true) {
        PersonId person = platform.people().register(Optional.empty(), Optional.empty(), ANNA).id();
        EntryId entry = platform.trail().about(person.value(), 1).getFirst().id();
        if (platform.trail().awaitPublished(entry, PATIENCE)) {
          System.out.println(person + " " + entry);
        }
      }
    }
  }

  private static Platform open(Platform.Options options) {
    return Platform.open(options, Clock.systemUTC(), new SecureRandom());
  }

  private static Platform.Options options(Path data, TestDatabases.Address address) {
    return new Platform.Options(
        data,
        Optional.of(
            new Platform.DatabaseAddress(address.url(), address.user(), address.password())),
        data.resolve("models"),
        "test.example/log",
        Pack.BY_DEFAULT);
  }
}
