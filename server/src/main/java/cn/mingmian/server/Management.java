package cn.mingmian.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Health and metrics for the operator's monitoring, on loopback and a port of its own, so that it
/// answers when the API does not. The JDK's own server: no second Spring context.
///
/// `GET /health` is 200 when every part works and 503 otherwise; `GET /metrics` is Prometheus
/// text. No subject, person or device is a label. Thread-safe.
final class Management implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads;

  /// @param parts  by name: whether each part works now
  Management(int port, PrometheusMeterRegistry meters, Supplier<Map<String, BooleanSupplier>> parts)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    threads =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("management-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/health", exchange -> health(exchange, parts.get()));
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
    server.createContext(
        "/", exchange -> answer(exchange, 404, "application/json", "{\"status\":404}"));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void health(HttpExchange exchange, Map<String, BooleanSupplier> parts)
      throws IOException {
    Map<String, Boolean> states =
        parts.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    part -> part.getValue().getAsBoolean(),
                    (one, other) -> one,
                    java.util.TreeMap::new));
    boolean up = !states.containsValue(false);
    String body =
        states.entrySet().stream()
            .map(part -> "\"%s\":\"%s\"".formatted(part.getKey(), part.getValue() ? "UP" : "DOWN"))
            .collect(
                Collectors.joining(
                    ",", "{\"status\":\"%s\",\"parts\":{".formatted(up ? "UP" : "DOWN"), "}}"));
    answer(exchange, up ? 200 : 503, "application/json", body);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      boolean read = exchange.getRequestMethod().equals("GET");
      byte[] body = (read ? text : "").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(read ? status : 405, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
