package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.records.Database;
import cn.mingmian.server.RunningServer.Answer;
import cn.mingmian.server.tls.LocalAuthority;
import cn.mingmian.server.tls.ServerCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server on a given database, with a given certificate and a small disk, in trouble: each has
/// its own stable code, and nothing is half done.
class TroubleTest {
  private static final String ENROL = "images/p01/enrol.jpg";
  private static final String AGAIN = "images/p01/day1.jpg";

  @TempDir Path directory;

  @Test
  void each_trouble_has_its_own_answer_and_nothing_is_half_done() throws Exception {
    HttpGate.needModels();
    Path vault = Files.createDirectories(directory.resolve("data").resolve("vault"));
    boolean small = run("mount", "-t", "tmpfs", "-o", "size=4m", "mingmian-test", vault.toString());
    ServerCertificate own =
        new LocalAuthority(directory.resolve("tls"), Clock.systemUTC(), new SecureRandom())
            .certificateFor(LocalAuthority.namesOfThisMachine());
    try (Database records = Database.embedded(directory.resolve("records"), new SecureRandom());
        Wire wire = new Wire(records.dataSource())) {
      HttpGate gate;
      String person;
      String other;
      Path template;
      Server server = start(own, wire);
      try {
        assertThat(server.certificate().authority()).isEmpty();
        gate =
            HttpGate.setUp(
                api(server, own),
                server.firstKeys().get(0).secret(),
                server.firstKeys().get(1).secret(),
                null);
        person = consenting(gate);
        gate.enrol(person, HttpGate.photo(ENROL)).expect(201);
        template = onlyTemplate(vault);
        other = consenting(gate);
        if (small) {
          onAFullDisk(gate, vault, person, other);
        }
        withoutRecords(gate, wire, person);
        closesOnlyAfterTheAnswer(gate, server, other);
      } finally {
        server.close();
      }

      byte[] bytes = Files.readAllBytes(template);
      bytes[bytes.length / 2] ^= 1;
      Files.write(template, bytes);
      try (Server again = start(own, wire)) {
        assertThat(again.firstKeys()).isEmpty();
        withADamagedTemplate(gate.at(api(again, own)), person, other);
      }
    } finally {
      if (small) run("umount", "-l", vault.toString());
    }
  }

  private static void onAFullDisk(HttpGate gate, Path vault, String kept, String other)
      throws IOException {
    Path filler = vault.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (true) out.write(block);
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    gate.enrol(other, HttpGate.photo("images/p02/enrol.jpg")).expectProblem(507, "storage_full");
    assertThat(holdings(gate, other)).isZero();
    gate.verify(kept, HttpGate.photo(AGAIN)).expect(200);
    Files.delete(filler);
  }

  private static void withoutRecords(HttpGate gate, Wire wire, String person) {
    int before = gate.get("/v1/people?limit=100").json().at("/items").size();
    String key = UUID.randomUUID().toString();
    wire.cut();
    register(gate, key).expectProblem(503, "unavailable");
    wire.mend();
    await(() -> gate.api.get("/v1/operator", gate.officer).status() == 200);
    await(() -> register(gate, key).status() == 201);
    // No face is looked at until the log goes on, too.
    await(() -> gate.verify(person, HttpGate.photo(AGAIN)).status() == 200);
    assertThat(register(gate, key).expect(201).header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(gate.get("/v1/people?limit=100").json().at("/items").size()).isEqualTo(before + 1);
  }

  private static Answer register(HttpGate gate, String key) {
    return gate.api.send(
        gate.api
            .request("/v1/people")
            .header("Authorization", "Bearer " + gate.officer)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"birthDate\":\"1990-05-01\"}")));
  }

  /// Half of a photo has arrived when the server is told to stop.
  private static void closesOnlyAfterTheAnswer(HttpGate gate, Server server, String person)
      throws Exception {
    byte[] body =
        Api.multipart(gate.fields(Optional.of(person)), HttpGate.photo("images/p02/enrol.jpg"));
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    int middle = body.length / 2;
    InputStream rest =
        new ByteArrayInputStream(Arrays.copyOfRange(body, middle, body.length)) {
          @Override
          public synchronized int read(byte[] into, int from, int most) {
            half.countDown();
            try {
              assertThat(goOn.await(2, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.read(into, from, most);
          }
        };
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(
            () ->
                gate.api.send(
                    gate.api
                        .request("/v1/enrolments")
                        .header("Authorization", "Bearer " + gate.officer)
                        .header("Content-Type", "multipart/form-data; boundary=" + Api.BOUNDARY)
                        .POST(
                            BodyPublishers.ofInputStream(
                                () ->
                                    new SequenceInputStream(
                                        new ByteArrayInputStream(body, 0, middle), rest)))));
    assertThat(half.await(1, TimeUnit.MINUTES)).isTrue();
    int port = server.port();
    Thread closing = Thread.ofPlatform().start(server::close);
    await(() -> !listens(port));
    goOn.countDown();
    answer.get(1, TimeUnit.MINUTES).expect(201);
    assertThat(closing.join(Duration.ofMinutes(1))).isTrue();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static void withADamagedTemplate(HttpGate gate, String damaged, String other) {
    gate.post("/v1/controls/checks", "");
    gate.verify(damaged, HttpGate.photo(AGAIN)).expectProblem(409, "new_capture_needed");
    Answer search = gate.identify(HttpGate.photo(AGAIN)).expect(200);
    assertThat(search.json().at("/members").isEmpty()).isTrue();
    assertThat(holdings(gate, other)).as("enrolled while the server stopped").isEqualTo(1);
    gate.verify(other, HttpGate.photo("images/p02/day1.jpg")).expect(200);

    String erasure = "{\"person\":\"%s\",\"purpose\":\"%s\"}".formatted(damaged, gate.purpose);
    assertThat(gate.post("/v1/erasures", erasure).json().at("/erased").asInt()).isEqualTo(1);
    gate.enrol(damaged, HttpGate.photo(ENROL)).expect(201);
    gate.verify(damaged, HttpGate.photo(AGAIN)).expect(200);
  }

  // ---- the server

  private Server start(ServerCertificate own, Wire wire) {
    Settings defaults = Settings.in(directory.resolve("data"));
    return Server.start(
        new Settings(
            defaults.data(),
            defaults.models(),
            defaults.listen(),
            0,
            0,
            Optional.of(new Settings.GivenCertificate(own.chain(), own.key())),
            Optional.of(wire.url()),
            2_000,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            defaults.unlock()),
        Clock.systemUTC(),
        new SecureRandom());
  }

  /// Trusts the authority of the given certificate, and nothing else.
  private static Api api(Server server, ServerCertificate own) {
    return new Api(server.address(), own.authority().orElseThrow());
  }

  private static String consenting(HttpGate gate) {
    String person = gate.person(HttpGate.GROWN_UP);
    gate.consent(person);
    return person;
  }

  private static int holdings(HttpGate gate, String person) {
    return gate.get("/v1/people/" + person + "/holdings").json().at("/items").size();
  }

  private static Path onlyTemplate(Path vault) {
    try (var files = Files.list(vault.resolve("templates"))) {
      return files.filter(file -> file.toString().endsWith(".tpl")).findFirst().orElseThrow();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void await(BooleanSupplier until) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!until.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
