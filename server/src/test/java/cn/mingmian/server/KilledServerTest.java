package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.ledger.LogReport;
import cn.mingmian.ledger.LogVerifier;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.platform.Platform;
import cn.mingmian.server.Api.LostServerException;
import cn.mingmian.server.RunningServer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The server as it is shipped, in a process of its own, killed while people are enrolled and
/// withdraw over HTTPS: `-Dmingmian.server.kills=` times, three by default.
class KilledServerTest {
  private static final int KILLS = Integer.getInteger("mingmian.server.kills", 3);
  private static final long SEED = Long.getLong("mingmian.seed", new SecureRandom().nextLong());
  private static final Pattern ADDRESS = Pattern.compile("https://localhost:[0-9]+");
  private static final Pattern KEY = Pattern.compile("mk_\\S+");

  @TempDir Path directory;
  private final Random random = new Random(SEED);
  private final List<String> keys = new ArrayList<>();
  private @Nullable Process process;

  private final Set<String> enrolled = new HashSet<>();
  private final Set<String> ending = new HashSet<>();

  /// What was answered to a withdrawal, by its idempotency key.
  private final Map<String, Withdrawn> withdrawn = new HashMap<>();

  private record Withdrawn(String person, String consent, String answer) {}

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) process.destroyForcibly().waitFor();
  }

  @Test
  void what_the_killed_server_had_answered_is_there_after_a_restart() throws Exception {
    HttpGate.needModels();
    HttpGate gate = HttpGate.setUp(start(), keys.get(0), keys.get(1), null);
    for (int kill = 0; kill < KILLS; kill++) {
      killWhileWorking(gate);
      gate = gate.at(start());
      gate.post("/v1/controls/checks", "");
      holds(gate);
    }
    assertThat(enrolled).as("seed %d", SEED).isNotEmpty();
    VerifierKey logKey = VerifierKey.parse(gate.get("/v1/log").at("/key"));
    Process running = running();
    running.destroy();
    assertThat(running.waitFor(1, TimeUnit.MINUTES)).as("stops when it is asked to").isTrue();

    assertThat(LogVerifier.verify(directory.resolve("log"), logKey))
        .isInstanceOf(LogReport.Intact.class);
    try (Platform platform =
        Platform.open(
            Platform.Options.in(
                directory, Path.of(System.getProperty("mingmian.models", "models"))),
            Clock.systemUTC(),
            new SecureRandom())) {
      assertThat(platform.reconciled().orphans()).isZero();
      assertThat(platform.reconciled().missing()).isZero();
      assertThat(platform.reconciled().findable()).isEqualTo(platform.people().storedPersons());
    }
    System.out.printf(
        "%d kills of the server, seed %d: %d enrolments, %d withdrawals acknowledged and there%n",
        KILLS, SEED, enrolled.size(), withdrawn.size());
  }

  private void killWhileWorking(HttpGate gate) throws InterruptedException {
    int before = enrolled.size();
    Thread work =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (true) act(gate);
                  } catch (LostServerException killed) {
                    // As it was meant to be; whatever was under way was not answered.
                  }
                });
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (count() == before && work.isAlive() && System.nanoTime() < end) Thread.sleep(20);
    Thread.sleep(random.nextInt(1_500));
    running().toHandle().destroyForcibly();
    running().waitFor();
    work.join();
  }

  private synchronized int count() {
    return enrolled.size();
  }

  /// Enrols somebody; two in three withdraw.
  private void act(HttpGate gate) {
    String person = gate.person(HttpGate.GROWN_UP);
    String consent = gate.consent(person);
    byte[] photo =
        HttpGate.photo(
            "images/%s/enrol.jpg".formatted(List.of("p01", "p02", "p03").get(random.nextInt(3))));
    if (!gate.enrol(person, photo).expect(201).json().at("/logged").asBoolean()) return;
    synchronized (this) {
      enrolled.add(person);
      if (random.nextInt(3) == 0) return;
      ending.add(person);
    }
    String key = UUID.randomUUID().toString();
    Answer answer = withdraw(gate, consent, key).expect(200);
    synchronized (this) {
      withdrawn.put(key, new Withdrawn(person, consent, answer.text()));
    }
  }

  private static Answer withdraw(HttpGate gate, String consent, String key) {
    return gate.api.send(
        gate.api
            .request("/v1/consents/" + consent + "/withdraw")
            .header("Authorization", "Bearer " + gate.officer)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"channel\":\"staff-desk\"}")));
  }

  private synchronized void holds(HttpGate gate) {
    for (String person : enrolled) {
      if (!ending.contains(person)) {
        assertThat(states(gate, person)).as("enrolled %s", person).containsExactly("STORED");
      }
    }
    withdrawn.forEach(
        (key, one) -> {
          assertThat(states(gate, one.person())).as("%s", one).containsExactly("DESTROYED");
          assertThat(gate.get("/v1/consents/" + one.consent()).at("/withdrawnAt")).isNotEmpty();
          Answer again = withdraw(gate, one.consent(), key).expect(200);
          assertThat(again.text()).isEqualTo(one.answer());
          assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        });
  }

  private static List<String> states(HttpGate gate, String person) {
    List<String> states = new ArrayList<>();
    for (JsonNode item : gate.get("/v1/people/" + person + "/holdings").json().at("/items")) {
      states.add(item.at("/state").asString());
    }
    return states;
  }

  // ---- the process

  private Process running() {
    Process now = process;
    if (now == null) throw new IllegalStateException("not started");
    return now;
  }

  /// Starts it and waits until it says where it is; the first start says the keys, too.
  private Api start() throws IOException {
    Path said = directory.resolveSibling(directory.getFileName() + ".said");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dmingmian.root=" + System.getProperty("mingmian.root", ".."),
            "-Dmingmian.models=" + System.getProperty("mingmian.models", "models"),
            Main.class.getName(),
            "serve",
            "--data",
            directory.toString(),
            "--port",
            "0",
            "--management-port",
            "0",
            "--rate",
            "2000");
    // Not on the command line: ONNX Runtime overflows its stack on one of ten thousand characters.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process started = builder.redirectError(said.toFile()).start();
    process = started;
    String address = "";
    BufferedReader lines = started.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = ADDRESS.matcher(line);
      if (address.isEmpty() && found.find()) address = found.group();
      Matcher key = KEY.matcher(line);
      if (key.find()) keys.add(key.group());
      if (line.contains("Ctrl-C")) {
        return new Api(address, directory.resolve("tls").resolve("ca.crt"));
      }
    }
    throw new AssertionError("it did not start: " + Files.readString(said));
  }
}
