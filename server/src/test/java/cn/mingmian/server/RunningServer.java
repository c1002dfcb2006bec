package cn.mingmian.server;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The one real server of all tests of this module, on free loopback ports, with a client that
/// trusts its authority. Started at first use, stopped when the tests' JVM ends.
final class RunningServer extends Api implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.shared();

  private static final class Holder {
    static final RunningServer ONE = start();
  }

  final Server server;
  final Path data;
  final String officer;
  final String deputy;

  private RunningServer(Server server, Path data) {
    super(server.address(), server.certificate().authority().orElseThrow());
    this.server = server;
    this.data = data;
    this.officer = server.firstKeys().get(0).secret();
    this.deputy = server.firstKeys().get(1).secret();
  }

  static RunningServer get() {
    return Holder.ONE;
  }

  private static RunningServer start() {
    RunningServer one = fresh(settings -> settings);
    Runtime.getRuntime().addShutdownHook(new Thread(one::close));
    return one;
  }

  /// A server of its own in an empty directory, for tests that need the whole state or end it.
  ///
  /// @param otherwise  what differs from the defaults
  static RunningServer fresh(UnaryOperator<Settings> otherwise) {
    try {
      Path data = Files.createTempDirectory("mingmian-server-test");
      Settings defaults = Settings.in(data).onFreePorts();
      Settings quick =
          new Settings(
              defaults.data(),
              defaults.models(),
              defaults.listen(),
              0,
              0,
              defaults.certificate(),
              defaults.databaseUrl(),
              2_000,
              false,
              false,
              Optional.of(0),
              Optional.empty(),
              Set.of(),
              defaults.unlock());
      return new RunningServer(
          Server.start(otherwise.apply(quick), Clock.systemUTC(), new SecureRandom()), data);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// Stops it and deletes its directory.
  @Override
  public void close() {
    server.close();
    delete(data);
  }

  /// An answer with its body as JSON.
  record Answer(HttpResponse<byte[]> raw) {
    int status() {
      return raw.statusCode();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return JSON.readTree(raw.body());
    }

    String at(String pointer) {
      return json().at(pointer).asString("");
    }

    Answer expect(int status) {
      Assertions.assertThat(status()).as("%s", text()).isEqualTo(status);
      return this;
    }

    /// The answer is a problem of this kind, in full.
    Answer expectProblem(int status, String code) {
      expect(status);
      Assertions.assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      Assertions.assertThat(at("/code")).as("%s", text()).isEqualTo(code);
      Assertions.assertThat(json().at("/status").asInt()).isEqualTo(status);
      Assertions.assertThat(at("/title")).isNotBlank();
      Assertions.assertThat(at("/title_zh")).isNotBlank();
      Assertions.assertThat(at("/detail")).isNotBlank();
      Assertions.assertThat(at("/request_id")).isEqualTo(header("X-Request-Id"));
      return this;
    }
  }

  /// Speaks to the port without an HTTP client, to send what no client would.
  String raw(String bytes) {
    try (Socket socket = tls().getSocketFactory().createSocket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private SSLContext tls() {
    return client.sslContext();
  }

  /// Every line that the server has logged.
  String log() {
    try {
      Path file = data.resolve("logs").resolve("server.jsonl");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      System.err.println("left behind: " + directory);
    }
  }
}
