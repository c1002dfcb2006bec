package cn.mingmian.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every reader of outside bytes, with bytes that were bent at random: either it refuses by its own
/// exception, or what it read is what it would write.
///
/// A second for each target; longer with `-Dmingmian.fuzz.seconds=600`, and the seed that was
/// printed comes back with `-Dmingmian.fuzz.seed=...`.
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("mingmian.fuzz.seconds", 1);
  private static final long SEED =
      Long.getLong("mingmian.fuzz.seed", new SecureRandom().nextLong());

  @TempDir Path home;
  private Path directory;
  private Ed25519Signer signer;
  private byte[] receipt = {};

  @BeforeEach
  void makeLog() {
    directory = home.resolve("log");
    signer = Ed25519Signer.openOrCreate(home.resolve("key"), "log.example", new SecureRandom());
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.append(TransparencyLogTest.entries(0, 300));
      receipt = log.receipt(77).text().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static byte[] bend(byte[] good, Random random) {
    byte[] bent = good.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(Math.max(1, bent.length));
      int length = Math.min(random.nextInt(20), bent.length - at);
      switch (random.nextInt(6)) {
        case 0 -> {
          if (bent.length > 0) {
            bent[at] ^= (byte) (1 << random.nextInt(8));
          }
        }
        case 1 -> bent = joined(bent, 0, at, bent, at + length, bent.length);
        case 2 -> bent = joined(bent, 0, at + length, bent, at, bent.length);
        case 3 -> {
          byte[] noise = new byte[length];
          random.nextBytes(noise);
          bent =
              joined(joined(bent, 0, at, noise, 0, length), 0, at + length, bent, at, bent.length);
        }
        case 4 -> bent = Arrays.copyOf(bent, at);
        default -> {
          byte[] special = "\n\n\u2014 +=9\0".getBytes(StandardCharsets.UTF_8);
          if (bent.length > 0) {
            bent[at] = special[random.nextInt(special.length)];
          }
        }
      }
    }
    return bent;
  }

  private static byte[] joined(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    byte[] both = Arrays.copyOf(Arrays.copyOfRange(a, aFrom, aTo), aTo - aFrom + bTo - bFrom);
    System.arraycopy(b, bFrom, both, aTo - aFrom, bTo - bFrom);
    return both;
  }

  private static void fuzz(String target, byte[] good, Consumer<byte[]> read) {
    Random random = new Random(SEED);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    long runs = 0;
    long refused = 0;
    while (System.nanoTime() < end) {
      byte[] bent = bend(good, random);
      try {
        read.accept(bent);
      } catch (MalformedNoteException expected) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError(
            "%s, seed %d, run %d: `%s`"
                .formatted(target, SEED, runs, new String(bent, StandardCharsets.ISO_8859_1)),
            e);
      }
      runs++;
    }
    System.out.printf("fuzz %s: %,d runs, %,d refused, seed %d%n", target, runs, refused, SEED);
    assertThat(refused).isPositive();
  }

  @Test
  void notes_and_checkpoints() throws IOException {
    byte[] good = Files.readAllBytes(directory.resolve("checkpoint"));
    fuzz(
        "checkpoint",
        good,
        bent -> {
          SignedCheckpoint read = SignedCheckpoint.parse(bent);
          assertThat(read.bytes()).isEqualTo(bent);
          if (read.note().verify(List.of(signer.verifierKey())) instanceof SignedNote.Signed) {
            assertThat(read.note().text()).isEqualTo(SignedNote.parse(good).text());
          }
        });
  }

  @Test
  void receipts() {
    ReceiptVerifier verifier = new ReceiptVerifier(signer.verifierKey());
    byte[] entry = TransparencyLogTest.entry(77);
    fuzz(
        "receipt",
        receipt,
        bent -> {
          Receipt read = Receipt.parse(bent);
          assertThat(Receipt.parse(read.text().getBytes(StandardCharsets.UTF_8))).isEqualTo(read);
          if (verifier.verify(bent, entry) instanceof ReceiptVerifier.Proven proven) {
            assertThat(proven.index()).isEqualTo(77);
          }
        });
  }

  @Test
  void verifier_keys() {
    fuzz(
        "verifier key",
        signer.verifierKey().text().getBytes(StandardCharsets.UTF_8),
        bent -> {
          String text = new String(bent, StandardCharsets.UTF_8);
          VerifierKey read = VerifierKey.parse(text);
          assertThat(VerifierKey.parse(read.text())).isEqualTo(read);
        });
  }

  @Test
  void tile_paths() {
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      fuzz(
          "tile path",
          "tile/entries/x001/234.p/56".getBytes(StandardCharsets.UTF_8),
          bent -> {
            String text = new String(bent, StandardCharsets.UTF_8);
            log.resource(text);
            LogPath read =
                LogPath.parse(text).orElseThrow(() -> new MalformedNoteException("no path"));
            assertThat(read.text()).isEqualTo(text);
          });
    }
  }

  @Test
  void key_files() throws IOException {
    Path bentFile = home.resolve("bent");
    fuzz(
        "key file",
        Files.readAllBytes(home.resolve("key")),
        bent -> {
          try {
            Files.write(bentFile, bent);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          VerifierKey read =
              Ed25519Signer.openOrCreate(bentFile, "log.example", new SecureRandom()).verifierKey();
          assertThat(read.key()).isEqualTo(signer.verifierKey().key());
        });
  }

  @Test
  void bundles_and_tiles() throws IOException {
    for (String name : List.of("tile/entries/000", "tile/entries/001.p/44", "tile/0/001.p/44")) {
      Path file = directory.resolve(name);
      byte[] good = Files.readAllBytes(file);
      fuzz(
          name,
          good,
          bent -> {
            try {
              Files.write(file, bent);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            switch (LogVerifier.verify(directory, signer.verifierKey())) {
              case LogReport.Intact intact -> assertThat(bent).isEqualTo(good);
              case LogReport.Damaged damaged -> {
                assertThat(damaged.findings().getFirst().where()).isEqualTo(name);
                throw new MalformedNoteException("refused");
              }
            }
          });
      Files.write(file, good);
    }
  }
}
