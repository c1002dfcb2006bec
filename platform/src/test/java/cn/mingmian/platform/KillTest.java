package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.ledger.LogReport;
import cn.mingmian.ledger.LogVerifier;
import cn.mingmian.ledger.ReceiptVerifier;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.Vault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Kills a process that enrols and withdraws, as often as `-Dmingmian.kills=` says (50 by default)
/// within `-Dmingmian.kills.minutes=` (4 by default), sometimes its database with it or instead of
/// it, and then holds what is on the disk against everything that it had acknowledged. Every
/// seventh process enrols from photos.
class KillTest {
  private static final int KILLS = Integer.getInteger("mingmian.kills", 50);
  private static final int FEWEST = Math.min(KILLS, 5);
  private static final int MINUTES = Integer.getInteger("mingmian.kills.minutes", 4);
  private static final long SEED = Long.getLong("mingmian.seed", new SecureRandom().nextLong());

  /// So many of the kept are compared again, one by one.
  private static final int COMPARED = 40;

  private final Path data =
      Path.of("target", "kills-" + ProcessHandle.current().pid()).toAbsolutePath();
  private final Instant began = Instant.now();
  private final Random random = new Random(SEED);
  private final boolean models = Gate.models().installed(ModelPack.byDefault());

  /// What was acknowledged: the photo, or -1.
  private final Map<PersonId, Integer> enrolled = new LinkedHashMap<>();

  private final Set<PersonId> ending = new HashSet<>();
  private final Map<PersonId, ConsentId> withdrawn = new HashMap<>();
  private final List<EntryId> entries = new ArrayList<>();

  /// Anything else that a process said: the trace of its failure.
  private final List<String> trouble = new ArrayList<>();

  private final Map<String, Integer> failed = new TreeMap<>();
  private String lastFailure = "none";
  private int photos;
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
    System.out.printf(
        "%d kills, seed %d%s%n", KILLS, SEED, models ? "" : ", without photos: no models");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    int kills = 0;
    while (kills < KILLS && (kills < FEWEST || System.nanoTime() < end)) {
      round(kills++);
    }
    VerifierKey key;
    Set<String> owned;
    long size;
    try (Acts acts = new Acts(data, models, began)) {
      everythingIsThere(acts);
      key = acts.platform.logKey();
      owned = acts.platform.people().ownedTemplates();
      size = acts.platform.trail().checkpoint().size();
    }
    assertThat(LogVerifier.verify(data.resolve("log"), key)).isInstanceOf(LogReport.Intact.class);
    assertThat(held()).as("what lies in the vault is what somebody owns").isEqualTo(owned);
    System.out.printf(
        "%d kills, %d of them with the database: %d enrolments (%d from photos), %d withdrawals"
            + " acknowledged and all there; not acknowledged %s; log of %d entries intact%n",
        kills, databaseKills, enrolled.size(), photos, withdrawn.size(), failed, size);
    assertThat(enrolled).as("last failure: %s", lastFailure).isNotEmpty();
    if (enrolled.size() > 20) assertThat(withdrawn).as("of so many").isNotEmpty();
  }

  private void everythingIsThere(Acts acts) {
    assertThat(acts.platform.reconciled().missing())
        .as("owned templates that the vault does not hold")
        .isZero();
    List<PersonId> staying = new ArrayList<>(enrolled.keySet());
    staying.removeAll(ending);
    for (PersonId person : staying) {
      assertThat(acts.owned(person)).as("enrolled %s", person).isTrue();
    }
    Collections.shuffle(staying, random);
    for (PersonId person : staying.stream().limit(COMPARED).toList()) {
      int photo = enrolled.getOrDefault(person, -1);
      if (photo < 0 || models) {
        assertThat(acts.recognised(person, photo >= 0, photo)).as("%s", person).isTrue();
      }
    }
    withdrawn.forEach(
        (person, consent) ->
            assertThat(acts.forgotten(person, consent)).as("withdrawn %s", person).isTrue());
    // The rest was under way when the kill came: kept or not, and never half.
    assertThat(acts.members()).isGreaterThanOrEqualTo(staying.size());
    ReceiptVerifier verifier = new ReceiptVerifier(acts.platform.logKey());
    for (EntryId id : entries) {
      assertThat(
              verifier.verify(
                  acts.platform.trail().receipt(id).orElseThrow(),
                  acts.platform.trail().find(id).orElseThrow().entry()))
          .as("entry %s", id)
          .isInstanceOf(ReceiptVerifier.Proven.class);
    }
    assertThat(acts.platform.trail().status().working()).isTrue();
  }

  /// What the vault itself says that it holds, beside the platform.
  private Set<String> held() {
    try (RootKey root = RootKey.fromFile(data.resolve("keys").resolve("root.key"));
        Vault vault =
            Vault.open(data.resolve("vault"), root, new SecureRandom(), InstantSource.system())) {
      return vault.list().stream()
          .map(one -> one.template().toString())
          .collect(Collectors.toSet());
    }
  }

  private void round(int round) throws IOException, InterruptedException {
    boolean faces = models && round % 7 == 1;
    Path said = Files.createDirectories(data).resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dmingmian.root=" + System.getProperty("mingmian.root", ".."),
            "-Dmingmian.models=" + Gate.models().directory(),
            KilledProcess.class.getName(),
            data.toString(),
            Long.toString(random.nextLong()),
            Boolean.toString(faces),
            began.toString());
    // Not on the command line: ONNX Runtime overflows its stack on one of ten thousand characters.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process child = builder.redirectError(said.toFile()).start();
    boolean ready = false;
    int acted = 0;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      // Now and then the kill comes before it is ready.
      if (round % 6 == 5) killAfter(child, random.nextInt(2_500), false);
      String line;
      while ((line = out.readLine()) != null) {
        if (line.startsWith("ready ")) {
          ready = true;
          assertThat(line).as("round %d, seed %d", round, SEED).endsWith("missing=0]");
          if (round % 10 == 2) killDatabase();
          // However slow the machine is: at the latest now.
          if (round % 6 != 5) killAfter(child, 60_000, false);
        } else {
          if (acted++ == 0 && round % 6 != 5) {
            killAfter(child, random.nextInt(2_000), round % 5 == 3);
          }
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
        int photo = Integer.parseInt(words[3]);
        if (photo >= 0) photos++;
        enrolled.put(new PersonId(words[1]), photo);
        entries.add(new EntryId(words[4]));
      }
      case "ending" -> ending.add(new PersonId(words[1]));
      case "withdrawn" -> {
        withdrawn.put(new PersonId(words[1]), new ConsentId(words[2]));
        entries.add(new EntryId(words[3]));
        entries.add(new EntryId(words[4]));
      }
      case "failed" -> {
        failed.merge(words[1].replaceFirst("^.*[.$]", "").replaceFirst(":$", ""), 1, Integer::sum);
        lastFailure = line;
      }
      default -> trouble.add(line);
    }
  }

  private void killAfter(Process child, int millis, boolean withDatabase) {
    Thread.ofPlatform()
        .daemon()
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
