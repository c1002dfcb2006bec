package cn.mingmian.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One page of a real Chromium, driven over its DevTools protocol. One thread at a time.
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private String session = "";
  private int number;

  private Browser(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Inbox())
            .join();
  }

  /// The program, where there is one.
  static Optional<String> program() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  /// @param camera a file of JPEG pictures one after the other, shown as what the camera sees
  static Browser open(int width, int height, @Nullable Path camera) {
    try {
      Path profile = Files.createTempDirectory("mingmian-browser");
      List<String> command =
          new ArrayList<>(
              List.of(
                  program().orElseThrow(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-background-networking",
                  "--no-first-run",
                  "--ignore-certificate-errors",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "--use-fake-ui-for-media-stream",
                  "--use-fake-device-for-media-stream"));
      if (camera != null) command.add("--use-file-for-fake-video-capture=" + camera);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line;
      while ((line = said.readLine()) != null && !line.contains("DevTools listening on ")) {}
      if (line == null) throw new IllegalStateException("the browser did not start");
      Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> {}));
      Browser browser =
          new Browser(process, profile, line.substring(line.indexOf("ws://")).strip());
      browser.attach(width, height);
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void attach(int width, int height) {
    String target =
        send("Target.createTarget", "{\"url\":\"about:blank\"}").at("/targetId").asString();
    session =
        send("Target.attachToTarget", "{\"targetId\":\"%s\",\"flatten\":true}".formatted(target))
            .at("/sessionId")
            .asString();
    for (String domain : List.of("Page", "Network", "Log", "Runtime"))
      send(domain + ".enable", "{}");
    send(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%s}"
            .formatted(width, height, width < 600));
  }

  /// Opens an address and waits until it is loaded.
  void go(String address) {
    send("Page.navigate", "{\"url\":\"%s\"}".formatted(address));
    await("Page.loadEventFired");
  }

  /// Presses what a selector finds and waits for the page that this opens.
  void press(String selector) {
    JsonNode found =
        js(
            "(() => { const e = document.querySelector(%s); if (!e) return false; setTimeout(() => e.click(), 0); return true; })()"
                .formatted(JSON.writeValueAsString(selector)));
    if (!found.asBoolean(false))
      throw new AssertionError("nothing to press: " + selector + " on " + text());
    await("Page.loadEventFired");
  }

  void type(String selector, String text) {
    js(
        "document.querySelector(%s).value = %s"
            .formatted(JSON.writeValueAsString(selector), JSON.writeValueAsString(text)));
  }

  /// Value of a script's expression; a promise is awaited.
  JsonNode js(String expression) {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true).put("awaitPromise", true);
    JsonNode answer = send("Runtime.evaluate", parameters.toString());
    if (answer.has("exceptionDetails"))
      throw new AssertionError(answer.get("exceptionDetails").toString());
    return answer.at("/result/value");
  }

  String text() {
    return js("document.body.innerText").asString("");
  }

  String path() {
    return js("location.pathname").asString("");
  }

  void screenshot(String name) {
    send("Page.captureScreenshot", "{}");
    JsonNode shot = send("Page.captureScreenshot", "{\"captureBeyondViewport\":true}");
    try {
      Path folder = Files.createDirectories(Path.of("target", "screens"));
      Files.write(
          folder.resolve(name + ".png"), Base64.getDecoder().decode(shot.at("/data").asString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Hosts that were asked for anything since the start.
  List<String> hosts() {
    return events.stream()
        .filter(e -> e.at("/method").asString("").equals("Network.requestWillBeSent"))
        .map(e -> URI.create(e.at("/params/request/url").asString()))
        .filter(uri -> uri.getHost() != null)
        .map(URI::getHost)
        .distinct()
        .toList();
  }

  /// What the server answered to addresses with this part, as `status address`.
  List<String> answers(String part) {
    return events.stream()
        .filter(e -> e.at("/method").asString("").equals("Network.responseReceived"))
        .map(e -> e.at("/params/response"))
        .filter(answer -> answer.at("/url").asString("").contains(part))
        .map(answer -> answer.at("/status").asInt(0) + " " + answer.at("/url").asString(""))
        .toList();
  }

  /// Errors that the console told of, such as what the content security policy stopped.
  List<String> complaints() {
    return events.stream()
        .filter(
            e ->
                e.at("/method").asString("").equals("Runtime.exceptionThrown")
                    || e.at("/params/entry/level").asString("").equals("error"))
        .map(e -> e.at("/params").toString())
        .toList();
  }

  private JsonNode send(String method, String parameters) {
    int id = ++number;
    String on = session.isEmpty() ? "" : ",\"sessionId\":\"%s\"".formatted(session);
    socket
        .sendText(
            "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}".formatted(id, method, parameters, on),
            true)
        .join();
    while (true) {
      JsonNode message = next();
      if (message.at("/id").asInt(0) == id) {
        if (message.has("error")) throw new AssertionError(method + ": " + message.get("error"));
        return message.get("result");
      }
    }
  }

  private void await(String event) {
    for (JsonNode message = next();
        !message.at("/method").asString("").equals(event);
        message = next()) {}
  }

  private JsonNode next() {
    try {
      JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) throw new AssertionError("the browser said nothing for a minute");
      if (message.has("method")) events.add(message);
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
      try (Stream<Path> files = Files.walk(profile)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList())
          Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      System.err.println("left behind: " + profile);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Puts the pieces of each message together.
  private final class Inbox implements WebSocket.Listener {
    private final StringBuilder pieces = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      pieces.append(piece);
      if (last) {
        messages.add(JSON.readTree(pieces.toString()));
        pieces.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
