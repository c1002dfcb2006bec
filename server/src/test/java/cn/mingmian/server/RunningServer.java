package cn.mingmian.server;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The one real server of all tests of this module, on free loopback ports, with a client that
/// trusts its authority. Started at first use, stopped when the tests' JVM ends.
final class RunningServer {

  static final JsonMapper JSON = JsonMapper.shared();

  private static final class Holder {
    static final RunningServer ONE = start();
  }

  final Server server;
  final Path data;
  final HttpClient client;
  final String officer;
  final String deputy;

  private RunningServer(Server server, Path data, HttpClient client) {
    this.server = server;
    this.data = data;
    this.client = client;
    this.officer = server.firstKeys().get(0).secret();
    this.deputy = server.firstKeys().get(1).secret();
  }

  static RunningServer get() {
    return Holder.ONE;
  }

  private static RunningServer start() {
    try {
      Path data = Files.createTempDirectory("mingmian-server-test");
      Settings defaults = Settings.in(data).onFreePorts();
      Server server =
          Server.start(
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
                  false),
              Clock.systemUTC(),
              new SecureRandom());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    delete(data);
                  }));
      return new RunningServer(server, data, client(server));
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static HttpClient client(Server server) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(server.certificate().authority().orElseThrow())) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(10)).build();
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

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path))
        .timeout(Duration.ofSeconds(60));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer get(String path, String key) {
    return send(request(path).header("Authorization", "Bearer " + key));
  }

  Answer post(String path, String key, String json) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  Answer put(String path, String key, String json) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  Answer delete(String path, String key) {
    return send(request(path).header("Authorization", "Bearer " + key).DELETE());
  }

  Answer postAs(String path, String key, String contentType, byte[] body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body)));
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
