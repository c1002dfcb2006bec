package cn.mingmian.ledger;

import static cn.mingmian.ledger.TransparencyLogTest.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A foreign program believes the log: Go's own `sumdb/note` and `sumdb/tlog`, in `src/test/go`.
class GoVerifierTest {
  /// Where Debian's package golang-golang-x-mod-dev puts its sources.
  private static final Path DEBIAN_SOURCES = Path.of("/usr/share/gocode");

  @TempDir Path home;

  private record Ended(int code, String output) {}

  private Ended run(Path directory, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "output", ".txt");
    ProcessBuilder process =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.environment().putAll(environment);
    int code = process.start().waitFor();
    return new Ended(code, Files.readString(output));
  }

  /// Skips, and says so, where there is no Go or its module `golang.org/x/mod` cannot be had.
  private Path builtVerifier() throws IOException, InterruptedException {
    Path sources = Path.of(System.getProperty("mingmian.root", ".."), "ledger/src/test/go");
    Path program = home.resolve("verifylog");
    try {
      run(sources, Map.of(), List.of("go", "version"));
    } catch (IOException e) {
      skip("there is no `go` on this machine");
    }
    List<String> build = List.of("go", "build", "-o", program.toString(), ".");
    Map<String, String> environment = Map.of();
    if (run(sources, Map.of(), List.of("go", "mod", "download")).code() != 0) {
      if (!Files.isDirectory(DEBIAN_SOURCES.resolve("src/golang.org/x/mod"))) {
        skip("the Go module golang.org/x/mod is neither fetched nor installed");
      }
      environment = Map.of("GO111MODULE", "off", "GOPATH", DEBIAN_SOURCES.toString());
    }
    Ended built = run(sources, environment, build);
    assertThat(built.code()).as(built.output()).isZero();
    return program;
  }

  private static void skip(String why) {
    System.out.println("SKIPPED: the independent check in Go was not made: " + why);
    abort(why);
  }

  @Test
  void a_verifier_in_go_believes_the_log_and_its_receipts_and_finds_one_flipped_bit()
      throws IOException, InterruptedException {
    Path program = builtVerifier();
    Path directory = home.resolve("log");
    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example/gate", new SecureRandom());
    List<String> receipts = new ArrayList<>();
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.append(entries(0, 69_000));
      log.append(entries(69_000, 70_000));
      for (long index : new long[] {0, 255, 256, 65_535, 65_536, 69_999}) {
        Path proof = home.resolve(index + ".tlog-proof");
        Path entry = home.resolve(index + ".entry");
        Files.writeString(proof, log.receipt(index).text());
        Files.write(entry, log.entry(index));
        receipts.addAll(List.of(proof.toString(), entry.toString()));
      }
    }
    List<String> verify = new ArrayList<>();
    verify.addAll(List.of(program.toString(), directory.toString(), signer.verifierKey().text()));
    verify.addAll(receipts);
    assertThat(run(home, Map.of(), verify)).isEqualTo(new Ended(0, "ok 70000\n"));

    for (String name :
        List.of("checkpoint", "tile/entries/100", "tile/0/273.p/112", "tile/1/000")) {
      Path file = directory.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThat(run(home, Map.of(), verify).code()).as(name).isEqualTo(1);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    Path claimed = Path.of(verify.getLast());
    Files.write(claimed, "another entry".getBytes(StandardCharsets.UTF_8));
    Ended forged = run(home, Map.of(), verify);
    assertThat(forged.code()).isEqualTo(1);
    assertThat(forged.output()).contains("69999.tlog-proof");
  }
}
