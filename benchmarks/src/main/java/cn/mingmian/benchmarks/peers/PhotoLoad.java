package cn.mingmian.benchmarks.peers;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Posts the same 640x480 JPEGs to each address in turn, from a fixed number of clients, and prints
/// requests per second and latencies. Addresses take turns, so that a change in the machine's speed
/// strikes all of them.
public final class PhotoLoad {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private PhotoLoad() {}

  record Figures(
      double perSecond, double p50, double p95, double p99, int withFace, int requests) {}

  /// @param args folder of photos, clients, seconds a round, rounds, then name=url ...
  public static void main(String[] args) throws Exception {
    List<byte[]> photos = photos(Path.of(args[0]));
    int clients = Integer.parseInt(args[1]);
    Duration round = Duration.ofSeconds(Integer.parseInt(args[2]));
    int rounds = Integer.parseInt(args[3]);
    List<String> services = Arrays.asList(args).subList(4, args.length);
    System.out.printf("%d photos of %dx%d, %d clients%n", photos.size(), WIDTH, HEIGHT, clients);
    System.out.println("service      round     req/s   p50 ms   p95 ms   p99 ms   faces");
    for (String service : services) run(uri(service), photos, clients, round);
    for (int i = 1; i <= rounds; i++) {
      for (String service : services) {
        Figures f = run(uri(service), photos, clients, round);
        System.out.printf(
            "%-12s %5d  %8.1f %8.1f %8.1f %8.1f   %d of %d%n",
            service.substring(0, service.indexOf('=')),
            i,
            f.perSecond,
            f.p50,
            f.p95,
            f.p99,
            f.withFace,
            f.requests);
      }
    }
  }

  private static URI uri(String service) {
    return URI.create(service.substring(service.indexOf('=') + 1));
  }

  private static Figures run(URI uri, List<byte[]> photos, int clients, Duration length)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger withFace = new AtomicInteger();
    long begun = System.nanoTime();
    long end = begun + length.toNanos();
    List<Double> millis = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(clients);
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<Future<List<Double>>> runs = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        runs.add(
            pool.submit(
                () -> {
                  List<Double> mine = new ArrayList<>();
                  while (System.nanoTime() < end) {
                    byte[] photo = photos.get(next.getAndIncrement() % photos.size());
                    long sent = System.nanoTime();
                    HttpResponse<String> answer =
                        http.send(
                            HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(photo))
                                .build(),
                            HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() != 200)
                      throw new IllegalStateException("`%s` answered %s".formatted(uri, answer));
                    mine.add((System.nanoTime() - sent) / 1e6);
                    if (answer.body().replace(" ", "").contains("\"face\":true"))
                      withFace.incrementAndGet();
                  }
                  return mine;
                }));
      }
      for (Future<List<Double>> run : runs) millis.addAll(run.get());
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Figures(
        sorted.length / seconds,
        quantile(sorted, .50),
        quantile(sorted, .95),
        quantile(sorted, .99),
        withFace.get(),
        sorted.length);
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }

  private static List<byte[]> photos(Path folder) throws IOException {
    List<byte[]> photos = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
        BufferedImage photo = ImageIO.read(file.toFile());
        double scale =
            Math.min((double) WIDTH / photo.getWidth(), (double) HEIGHT / photo.getHeight());
        int width = (int) Math.round(photo.getWidth() * scale);
        int height = (int) Math.round(photo.getHeight() * scale);
        BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = canvas.createGraphics();
        pen.setRenderingHint(
            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(photo, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height, null);
        pen.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(canvas, "jpg", jpeg);
        photos.add(jpeg.toByteArray());
      }
    }
    return photos;
  }
}
