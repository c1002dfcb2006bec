package cn.mingmian.platform.soak;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.ledger.LogReport;
import cn.mingmian.ledger.LogVerifier;
import cn.mingmian.ledger.ReceiptVerifier;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.vault.TemplateId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Kills a process that enrols, withdraws and erases, as often as `-Dmingmian.kills=` says (50 by
/// default) within `-Dmingmian.kills.minutes=` (4 by default), sometimes its database with it or
/// instead of it, and then holds what is on the disk against everything that it had acknowledged.
class KillTest {
  private static final int KILLS = Integer.getInteger("mingmian.kills", 50);
  private static final int FEWEST = Math.min(KILLS, 5);
  private static final int MINUTES = Integer.getInteger("mingmian.kills.minutes", 4);
  private static final long SEED = Long.getLong("mingmian.seed", new SecureRandom().nextLong());

  private final Path data =
      Path.of("target", "kills-" + ProcessHandle.current().pid()).toAbsolutePath();
  private final Random random = new Random(SEED);

  /// What was acknowledged.
  private final Map<TemplateId, PersonId> enrolled = new HashMap<>();

  private final Set<TemplateId> ending = new HashSet<>();
  private final Map<TemplateId, PersonId> erased = new HashMap<>();
  private final List<ConsentId> withdrawn = new ArrayList<>();
  private final List<EntryId> entries = new ArrayList<>();

  /// Anything else that a process said: the trace of its failure.
  private final List<String> trouble = new ArrayList<>();

  private int databaseKills;

  @AfterEach
  void remove() throws IOException {
    if (!Files.exists(data)) return;
    try (Stream<Path> all = Files.walk(data)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
    }
  }

  @Test
  void no_kill_loses_an_acknowledged_act_or_leaves_a_template_that_nobody_owns()
      throws IOException, InterruptedException {
    System.out.printf("%d kills, seed %d%n", KILLS, SEED);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    int kills = 0;
    while (kills < KILLS && (kills < FEWEST || System.nanoTime() < end)) {
      round(kills++);
    }
    try (Acts acts = new Acts(data)) {
      assertThat(acts.missing).as("owned templates that the vault does not hold").isZero();
      assertThat(acts.orphans()).as("templates without an owner").isEmpty();
      enrolled.forEach(
          (template, person) -> {
            if (!ending.contains(template)) {
              assertThat(acts.findable(person, template)).as("enrolled %s", template).isTrue();
            }
          });
      erased.forEach(
          (template, person) ->
              assertThat(acts.destroyed(person, template)).as("erased %s", template).isTrue());
      for (ConsentId consent : withdrawn) {
        assertThat(acts.withdrawn(consent)).as("withdrawn %s", consent).isTrue();
      }
      ReceiptVerifier verifier = new ReceiptVerifier(acts.logKey);
      for (EntryId id : entries) {
        assertThat(
                verifier.verify(
                    acts.trail.receipt(id).orElseThrow(),
                    acts.trail.find(id).orElseThrow().entry()))
            .as("entry %s", id)
            .isInstanceOf(ReceiptVerifier.Proven.class);
      }
      assertThat(acts.trail.status().working()).isTrue();
      assertThat(LogVerifier.verify(data.resolve("log"), acts.logKey))
          .isInstanceOf(LogReport.Intact.class);
      System.out.printf(
          "%d kills, %d of them with the database: %d enrolments, %d withdrawals, %d erasures"
              + " acknowledged and all there; log of %d entries intact%n",
          kills,
          databaseKills,
          enrolled.size(),
          withdrawn.size(),
          erased.size(),
          acts.trail.checkpoint().size());
    }
  }

  private void round(int round) throws IOException, InterruptedException {
    Path said = Files.createDirectories(data).resolve("said");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                data.toString(),
                Long.toString(random.nextLong()))
            .redirectError(said.toFile())
            .start();
    boolean ready = false;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      // Now and then the kill comes before it is ready.
      if (round % 6 == 5) killAfter(child, random.nextInt(2_500), false);
      String line;
      while ((line = out.readLine()) != null) {
        if (line.startsWith("ready ")) {
          ready = true;
          assertThat(line).as("round %d, seed %d", round, SEED).endsWith("missing 0");
          if (round % 6 != 5) killAfter(child, 200 + random.nextInt(2_000), round % 5 == 3);
          if (round % 10 == 2) killDatabase();
        } else {
          acknowledge(line);
        }
      }
    } finally {
      child.toHandle().destroyForcibly();
    }
    int code = child.waitFor();
    trouble.stream().limit(60).forEach(System.out::println);
    assertThat(code)
        .as("round %d, seed %d, ready %s: %s", round, SEED, ready, Files.readString(said))
        .isEqualTo(137);
    assertThat(trouble).as("round %d, seed %d", round, SEED).isEmpty();
  }

  private void acknowledge(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "enrolled" -> {
        enrolled.put(TemplateId.of(words[3]), new PersonId(words[1]));
        entries.add(new EntryId(words[4]));
      }
      case "ending" -> ending.add(TemplateId.of(words[1]));
      case "withdrawn" -> {
        withdrawn.add(new ConsentId(words[1]));
        entries.add(new EntryId(words[2]));
      }
      case "erased" -> {
        erased.put(TemplateId.of(words[2]), new PersonId(words[1]));
        entries.add(new EntryId(words[3]));
      }
      case "failed" -> {}
      default -> trouble.add(line);
    }
  }

  private void killAfter(Process child, int millis, boolean withDatabase) {
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(millis);
                if (withDatabase) killDatabase();
              } catch (InterruptedException | IOException e) {
                throw new AssertionError(e);
              } finally {
                // By its handle: Process.destroyForcibly would close the pipe unread.
                child.toHandle().destroyForcibly();
              }
            });
  }

  /// The server of this test's own data directory, by the pid that it wrote there.
  private void killDatabase() throws IOException {
    Path note = data.resolve("postgres/location");
    Path cluster =
        Files.exists(note)
            ? Path.of(Files.readString(note).strip()).resolve("cluster")
            : data.resolve("postgres/cluster");
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) return;
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !lines.get(1).equals(cluster.toString())) return;
    ProcessHandle.of(Long.parseLong(lines.getFirst()))
        .ifPresent(
            server -> {
              server.destroyForcibly();
              databaseKills++;
            });
  }
}
