package cn.mingmian.benchmarks;

import cn.mingmian.ledger.Ed25519Signer;
import cn.mingmian.ledger.LogReport;
import cn.mingmian.ledger.LogVerifier;
import cn.mingmian.ledger.TransparencyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/// How fast the log is, on the disk of the given directory:
///
/// ```
/// java -cp benchmarks/target/classes:ledger/target/classes \
///     cn.mingmian.benchmarks.LedgerSpeed DIRECTORY [ENTRIES]
/// ```
///
/// Entries are of 300 bytes. Every append that is timed was durable when it returned: its bundle,
/// tiles and checkpoint had been forced to the disk. The directory must be new or empty; it is
/// left there, to be looked at or verified again.
public final class LedgerSpeed {
  private static final int ENTRY_BYTES = 300;
  private static final long SEED = 1;

  private LedgerSpeed() {}

  /// Measures; prints one line a figure.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 1 || arguments.length > 2) {
      System.out.println("usage: LedgerSpeed DIRECTORY [ENTRIES]");
      System.exit(2);
    }
    Path home = Files.createDirectories(Path.of(arguments[0]));
    long entries = arguments.length == 2 ? Long.parseLong(arguments[1]) : 10_000_000;
    Path directory = home.resolve("log");
    try (Ed25519Signer signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example/speed", new SecureRandom())) {
      try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
        alone(log, 2_000);
        for (int clients : new int[] {1, 8, 64}) {
          together(log, clients, 1, 4_000);
        }
        together(log, 1, 100, 1_000);
        together(log, 8, 100, 1_000);
        grow(log, entries);
        proofs(log, 20_000);
      }
      long start = System.nanoTime();
      TransparencyLog.open(directory, signer).close();
      System.out.printf("open again at %,d entries: %.0f ms%n", entries, millisSince(start));
      start = System.nanoTime();
      LogReport report = LogVerifier.verify(directory, signer.verifierKey());
      double seconds = millisSince(start) / 1000;
      System.out.printf(
          "verify all offline: %.1f s, %,.0f entries/s%n%s%n",
          seconds, entries / seconds, report.text());
    }
  }

  private static double millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e6;
  }

  private static byte[] entry(long number) {
    byte[] entry = new byte[ENTRY_BYTES];
    ByteBuffer.wrap(entry).putLong(number);
    return entry;
  }

  private static void alone(TransparencyLog log, int appends) {
    double[] micros = timed(appends, i -> log.append(List.of(entry(i))));
    System.out.printf(
        "one entry, one client: median %.2f ms, p99 %.2f ms%n",
        micros[appends / 2] / 1000, micros[appends * 99 / 100] / 1000);
  }

  /// The last of `times` warm runs, sorted, in microseconds.
  private static double[] timed(int times, LongConsumer work) {
    double[] micros = new double[times];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        work.accept(i);
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
    }
    Arrays.sort(micros);
    return micros;
  }

  private static void together(TransparencyLog log, int clients, int batch, int appends)
      throws InterruptedException {
    long before = log.size();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int client = 0; client < clients; client++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < appends / clients; i++) {
                      List<byte[]> entries = new ArrayList<>();
                      for (int k = 0; k < batch; k++) {
                        entries.add(entry(i));
                      }
                      log.append(entries);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = millisSince(start) / 1000;
    System.out.printf(
        "%d clients, %d entries an append: %,.0f durable entries/s, %,.0f acknowledged appends/s%n",
        clients, batch, (log.size() - before) / seconds, (log.size() - before) / batch / seconds);
  }

  private static void grow(TransparencyLog log, long entries) {
    long start = System.nanoTime();
    long before = log.size();
    while (log.size() < entries) {
      List<byte[]> batch = new ArrayList<>();
      for (long i = log.size(); i < Math.min(entries, log.size() + 50_000); i++) {
        batch.add(entry(i));
      }
      log.append(batch);
    }
    double seconds = millisSince(start) / 1000;
    System.out.printf(
        "50,000 entries an append: %,.0f durable entries/s%n", (log.size() - before) / seconds);
  }

  private static void proofs(TransparencyLog log, int times) {
    Random random = new Random(SEED);
    double[] inclusion =
        timed(times, i -> log.inclusionProof(random.nextLong(log.size()), log.size()));
    double[] consistency =
        timed(times, i -> log.consistencyProof(1 + random.nextLong(log.size()), log.size()));
    double[] receipt = timed(times, i -> log.receipt(random.nextLong(log.size())));
    System.out.printf(
        "at %,d entries, median / p99 in µs: inclusion proof %.0f / %.0f,"
            + " consistency proof %.0f / %.0f, checked receipt %.0f / %.0f%n",
        log.size(),
        inclusion[times / 2],
        inclusion[times * 99 / 100],
        consistency[times / 2],
        consistency[times * 99 / 100],
        receipt[times / 2],
        receipt[times * 99 / 100]);
  }
}
