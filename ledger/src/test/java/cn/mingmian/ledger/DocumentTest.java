package cn.mingmian.ledger;

import static cn.mingmian.ledger.TransparencyLogTest.entries;
import static cn.mingmian.ledger.TransparencyLogTest.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What docs/formats/ledger.md shows is what the program does.
class DocumentTest {
  @TempDir Path home;

  @Test
  void the_example_of_70000_entries_is_real() throws IOException {
    String document =
        Files.readString(
            Path.of(System.getProperty("mingmian.root", ".."), "docs/formats/ledger.md"));
    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(
            home.resolve("key"), "mingmian.example/gate", new SecureRandom());
    Path directory = home.resolve("log");
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.append(entries(0, 70_000));
      for (String line : log.checkpoint().checkpoint().body().split("\n")) {
        assertThat(document).contains("\n" + line + " ");
      }
    }
    for (String file :
        List.of(
            "tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1")) {
      assertThat(document).contains("`" + file + "`");
      assertThat(directory.resolve(file)).exists();
    }
    Path bundle = directory.resolve("tile/entries/001");
    List<byte[]> changed = Bundle.read(Files.readAllBytes(bundle), 256).entries();
    changed.set(300 - 256, entry(9_999));
    Files.write(bundle, Bundle.write(changed));
    assertThat(document).contains(LogVerifier.verify(directory, signer.verifierKey()).text());
  }
}
