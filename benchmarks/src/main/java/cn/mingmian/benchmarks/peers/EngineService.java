package cn.mingmian.benchmarks.peers;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.CaptureArea;
import cn.mingmian.engine.EngineSettings;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import cn.mingmian.engine.UseCase;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/// The bare engine behind the JDK's HTTP server: a photo in, box and liveness out. For measuring
/// only; the product has no such endpoint.
public final class EngineService {
  private EngineService() {}

  /// @param args models directory, port
  public static void main(String[] args) throws IOException {
    FaceEngine engine =
        FaceEngine.open(
            new ModelStore(Path.of(args[0])), ModelPack.byDefault(), EngineSettings.defaults());
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])), 64);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/faces", exchange -> answer(engine, exchange));
    server.start();
  }

  private static void answer(FaceEngine engine, HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] photo = exchange.getRequestBody().readAllBytes();
      try (Analysis analysis = engine.analyse(photo, UseCase.PROBE, CaptureArea.wholeFrame())) {
        byte[] body = json(analysis).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String json(Analysis analysis) {
    return switch (analysis) {
      case Analysis.OneFace one ->
          "{\"face\":true,\"box\":[%s,%s,%s,%s],\"liveness\":%s}"
              .formatted(
                  one.face().box().left(),
                  one.face().box().top(),
                  one.face().box().right(),
                  one.face().box().bottom(),
                  one.liveness().score());
      default -> "{\"face\":false,\"kind\":\"%s\"}".formatted(analysis.getClass().getSimpleName());
    };
  }
}
