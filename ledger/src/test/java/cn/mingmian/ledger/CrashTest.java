package cn.mingmian.ledger;

import static cn.mingmian.ledger.TransparencyLogTest.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  @TempDir Path home;
  private Ed25519Signer signer;

  @BeforeEach
  void makeKey() {
    signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example/gate", new SecureRandom());
  }

  private static final int[] BATCHES = {1, 2, 250, 2, 1, 1, 300, 600, 1};

  @Test
  void a_power_cut_between_any_two_disk_operations_loses_nothing_acknowledged() throws IOException {
    long seed = new SecureRandom().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int cuts = 0;
    while (true) {
      Path before = home.resolve("before-" + cuts);
      Files.createDirectories(before);
      PowerCutDisk disk = new PowerCutDisk(before, cuts);
      long acknowledged = appendUntilCut(before, disk);
      if (!disk.isCut()) {
        break;
      }
      for (int variant = 0; variant < 2; variant++) {
        Path after = home.resolve("after-" + cuts + "-" + variant);
        disk.leaveIn(after, random);
        String at = "seed %d, power cut before operation %d".formatted(seed, cuts);
        try (TransparencyLog log = TransparencyLog.open(after, signer)) {
          assertThat(log.size()).as(at).isGreaterThanOrEqualTo(acknowledged);
          assertThat(log.entries(0, acknowledged))
              .as(at)
              .containsExactlyElementsOf(entries(0, acknowledged));
          // The caller repeats what was not acknowledged, and goes on.
          log.appendAt(acknowledged, entries(acknowledged, 1200));
        }
        assertThat(LogVerifier.verify(after, signer.verifierKey()))
            .as(at)
            .isInstanceOf(LogReport.Intact.class);
      }
      cuts++;
    }
    assertThat(cuts).isGreaterThan(100);
  }

  private long appendUntilCut(Path directory, Disk disk) {
    long acknowledged = 0;
    try (TransparencyLog log = TransparencyLog.open(directory, disk, signer)) {
      for (int batch : BATCHES) {
        log.appendAt(acknowledged, entries(acknowledged, acknowledged + batch));
        acknowledged += batch;
      }
    } catch (LogWriteException | UncheckedIOException e) {
      assertThat(e).hasStackTraceContaining("the power is gone");
    }
    return acknowledged;
  }

  /// The real disk until it is full, and again once there is room.
  private static final class FullDisk implements Disk {
    private boolean full;
    private boolean renameFails;

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
      if (full) {
        Disk.REAL.write(file, new byte[bytes.length / 2]);
        throw new IOException("no space left on device");
      }
      Disk.REAL.write(file, bytes);
    }

    @Override
    public void force(Path file) throws IOException {
      Disk.REAL.force(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      Disk.REAL.forceDirectory(directory);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
      Disk.REAL.createDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      if (renameFails) {
        throw new IOException("input/output error");
      }
      Disk.REAL.rename(from, to);
    }

    @Override
    public void deleteIfExists(Path path) throws IOException {
      Disk.REAL.deleteIfExists(path);
    }
  }

  @Test
  void a_full_disk_refuses_and_the_same_call_goes_through_once_there_is_room() {
    FullDisk disk = new FullDisk();
    Path directory = home.resolve("log");
    try (TransparencyLog log = TransparencyLog.open(directory, disk, signer)) {
      log.appendAt(0, entries(0, 300));
      SignedCheckpoint before = log.checkpoint();
      disk.full = true;
      assertThatThrownBy(() -> log.appendAt(300, entries(300, 900)))
          .isInstanceOfSatisfying(
              LogWriteException.class, e -> assertThat(e.reopenFirst()).isFalse())
          .hasMessageContaining("no space left");
      assertThat(log.checkpoint()).isEqualTo(before);
      assertThat(LogVerifier.verify(directory, signer.verifierKey()))
          .isInstanceOf(LogReport.Intact.class);
      disk.full = false;
      log.appendAt(300, entries(300, 900));
      assertThat(log.size()).isEqualTo(900);
    }
    assertThat(LogVerifier.verify(directory, signer.verifierKey()))
        .isInstanceOf(LogReport.Intact.class);
  }

  @Test
  void a_checkpoint_that_could_not_be_replaced_stops_the_log_until_it_is_opened_anew() {
    FullDisk disk = new FullDisk();
    Path directory = home.resolve("log");
    try (TransparencyLog log = TransparencyLog.open(directory, disk, signer)) {
      log.appendAt(0, entries(0, 300));
      disk.renameFails = true;
      assertThatThrownBy(() -> log.appendAt(300, entries(300, 301)))
          .isInstanceOf(LogWriteException.class);
      disk.renameFails = false;
      assertThatThrownBy(() -> log.appendAt(300, entries(300, 301)))
          .isInstanceOfSatisfying(
              LogWriteException.class, e -> assertThat(e.reopenFirst()).isTrue());
    }
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.appendAt(300, entries(300, 301));
      assertThat(log.size()).isEqualTo(301);
    }
  }

  /// The process that is killed: four threads append, and say what was acknowledged.
  static final class Appending {
    private Appending() {}

    public static void main(String[] arguments) {
      Path home = Path.of(arguments[0]);
      Ed25519Signer signer =
          Ed25519Signer.openOrCreate(home.resolve("key"), "log.example/gate", new SecureRandom());
      TransparencyLog log = TransparencyLog.open(home.resolve("log"), signer);
      for (int t = 0; t < 4; t++) {
        int thread = t;
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; ; i++) {
                    String text = "%s-%d-%d".formatted(arguments[1], thread, i);
                    byte[] entry = text.getBytes(StandardCharsets.UTF_8);
                    long index = log.append(List.of(entry, entry, entry));
                    synchronized (System.out) {
                      System.out.println(index + " " + text);
                    }
                  }
                });
      }
    }
  }

  private record Acknowledged(long index, String text) {}

  @Test
  void twenty_kills_lose_nothing_acknowledged() throws IOException, InterruptedException {
    Random random = new Random(7);
    List<Acknowledged> all = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Appending.class.getName(),
                  home.toString(),
                  "round-" + round)
              .redirectErrorStream(true)
              .start();
      int lifetime = random.nextInt(300);
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        String line = out.readLine();
        assertThat(line).matches("[0-9]+ round.*");
        Thread.ofPlatform().start(() -> killAfter(child, lifetime));
        while (line != null) {
          if (line.matches("[0-9]+ round-[0-9]+-[0-9]+-[0-9]+")) {
            String[] parts = line.split(" ");
            all.add(new Acknowledged(Long.parseLong(parts[0]), parts[1]));
          }
          line = out.readLine();
        }
      } finally {
        child.destroyForcibly();
      }
      assertThat(child.waitFor()).as("killed by signal 9").isEqualTo(137);
    }
    try (TransparencyLog log = TransparencyLog.open(home.resolve("log"), signer)) {
      for (Acknowledged one : all) {
        for (int i = 0; i < 3; i++) {
          assertThat(new String(log.entry(one.index() + i), StandardCharsets.UTF_8))
              .startsWith(one.text());
        }
      }
      System.out.println("20 kills, %d acknowledged of %d".formatted(all.size() * 3, log.size()));
    }
    assertThat(LogVerifier.verify(home.resolve("log"), signer.verifierKey()))
        .isInstanceOf(LogReport.Intact.class);
  }

  private static void killAfter(Process child, int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // By its handle: Process.destroyForcibly would close the pipe with lines still in it.
    child.toHandle().destroyForcibly();
  }
}
