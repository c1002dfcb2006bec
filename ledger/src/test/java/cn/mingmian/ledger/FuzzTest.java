package cn.mingmian.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every reader of outside bytes, with bytes that were bent at random: either it refuses by its own
/// exception, or what it read is what it would write.
class FuzzTest {
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

  private static void fuzz(String target, byte[] good, Fuzz.Reader read) {
    Fuzz.Report report = Fuzz.of(target).with(good).run(MalformedNoteException.class, read);
    System.out.println(report);
    assertThat(report.refused()).isPositive();
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
