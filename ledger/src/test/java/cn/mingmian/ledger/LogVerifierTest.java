package cn.mingmian.ledger;

import static cn.mingmian.ledger.TransparencyLogTest.entries;
import static cn.mingmian.ledger.TransparencyLogTest.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {
  @TempDir Path home;
  private Path directory;
  private Ed25519Signer signer;
  private VerifierKey key;

  @BeforeEach
  void makeKey() {
    directory = home.resolve("log");
    signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example/gate", new SecureRandom());
    key = signer.verifierKey();
  }

  private void logOf(int entries) {
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.append(entries(0, entries));
    }
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !List.of("lock", "verifier-key").contains(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  private String nameOf(Path file) {
    return directory.relativize(file).toString();
  }

  private static void flip(Path file, int at, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= (byte) (1 << bit);
    Files.write(file, bytes);
  }

  private LogReport.Damaged damaged() {
    LogReport report = LogVerifier.verify(directory, key);
    assertThat(report).isInstanceOf(LogReport.Damaged.class);
    return (LogReport.Damaged) report;
  }

  @Test
  void logs_of_every_shape_are_intact() {
    for (int size : new int[] {0, 1, 2, 255, 256, 257, 512, 700, 65_535, 65_536, 66_000}) {
      try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
        log.append(entries(log.size(), size));
      }
      assertThat(LogVerifier.verify(directory, key))
          .isInstanceOfSatisfying(
              LogReport.Intact.class, intact -> assertThat(intact.signed().size()).isEqualTo(size));
    }
  }

  @Test
  void one_flipped_bit_anywhere_is_found_and_its_file_named() throws IOException {
    logOf(700);
    long seed = new SecureRandom().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (Path file : files()) {
      for (int i = 0; i < 40; i++) {
        int at = random.nextInt((int) Files.size(file));
        int bit = random.nextInt(8);
        flip(file, at, bit);
        LogReport.Finding first = damaged().findings().getFirst();
        assertThat(first.where())
            .as("seed %d: bit %d of byte %d in %s", seed, bit, at, file)
            .isEqualTo(nameOf(file));
        flip(file, at, bit);
      }
    }
    assertThat(LogVerifier.verify(directory, key)).isInstanceOf(LogReport.Intact.class);
  }

  @Test
  void one_flipped_bit_in_a_tile_of_any_level_of_a_large_log_is_found_and_named()
      throws IOException {
    logOf(66_000);
    for (String name :
        List.of(
            "checkpoint",
            "tile/entries/200",
            "tile/entries/257.p/208",
            "tile/0/200",
            "tile/0/257.p/208",
            "tile/1/000",
            "tile/1/001.p/1",
            "tile/2/000.p/1")) {
      Path file = directory.resolve(name);
      int at = (int) Files.size(file) / 2;
      flip(file, at, 3);
      assertThat(damaged().findings())
          .as(name)
          .hasSize(1)
          .first()
          .satisfies(finding -> assertThat(finding.where()).isEqualTo(nameOf(file)));
      flip(file, at, 3);
    }
  }

  @Test
  void a_changed_entry_is_named_by_its_number_with_what_it_should_hash_to() throws IOException {
    logOf(700);
    Path bundle = directory.resolve("tile/entries/001");
    List<byte[]> changed = Bundle.read(Files.readAllBytes(bundle), 256).entries();
    changed.set(300 - 256, entry(9_999));
    Files.write(bundle, Bundle.write(changed));
    LogReport.Damaged report = damaged();
    assertThat(report.findings()).hasSize(1);
    LogReport.Finding finding = report.findings().getFirst();
    assertThat(finding.entry()).contains(300L);
    assertThat(finding.expected()).contains(Hash.of(new Merkle().leaf(entry(300))).base64());
    assertThat(finding.found()).contains(Hash.of(new Merkle().leaf(entry(9_999))).base64());
    assertThat(report.text()).contains("entry 300 was changed");
  }

  @Test
  void missing_truncated_and_lengthened_files_are_named() throws IOException {
    logOf(700);
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(damaged().findings().getFirst().where()).isEqualTo(nameOf(file));
      for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThat(damaged().findings().getFirst().where())
            .as("%s cut to %d", file, length)
            .isEqualTo(nameOf(file));
      }
      Files.write(file, Arrays.copyOf(whole, whole.length + 1));
      assertThat(damaged().findings().getFirst().where()).isEqualTo(nameOf(file));
      Files.write(file, whole);
    }
  }

  @Test
  void a_log_rewritten_with_matching_tiles_does_not_match_what_was_signed() throws IOException {
    logOf(300);
    byte[] signed = Files.readAllBytes(directory.resolve("checkpoint"));
    Path other = home.resolve("other");
    try (TransparencyLog rewritten = TransparencyLog.open(other, signer)) {
      List<byte[]> entries = entries(0, 300);
      entries.set(17, entry(1_000_017));
      rewritten.append(entries);
    }
    Files.write(other.resolve("checkpoint"), signed);
    assertThat(LogVerifier.verify(other, key))
        .isInstanceOfSatisfying(
            LogReport.Damaged.class,
            report -> assertThat(report.text()).contains("the log was rewritten"));
  }

  @Test
  void another_key_under_the_same_name_is_not_believed() throws IOException {
    logOf(3);
    VerifierKey other =
        Ed25519Signer.openOrCreate(home.resolve("other"), "log.example/gate", new SecureRandom())
            .verifierKey();
    assertThat(LogVerifier.verify(directory, other)).isInstanceOf(LogReport.Damaged.class);
    try (Ed25519Signer stranger =
        Ed25519Signer.openOrCreate(home.resolve("other"), "log.example/gate", new SecureRandom())) {
      assertThatThrownBy(() -> TransparencyLog.open(directory, stranger))
          .isInstanceOf(LogDamagedException.class)
          .hasMessageContaining("not signed by key");
    }
  }

  @Test
  void a_log_that_shrank_or_forked_since_the_last_visit_is_found() throws IOException {
    logOf(300);
    byte[] seen = Files.readAllBytes(directory.resolve("checkpoint"));
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.append(entries(300, 1000));
    }
    assertThat(LogVerifier.verify(directory, key, seen))
        .isInstanceOfSatisfying(
            LogReport.Intact.class, intact -> assertThat(intact.since()).isPresent());

    Path fork = home.resolve("fork");
    try (TransparencyLog log = TransparencyLog.open(fork, signer)) {
      log.append(entries(1, 500));
    }
    assertThat(LogVerifier.verify(fork, key)).isInstanceOf(LogReport.Intact.class);
    assertThat(LogVerifier.verify(fork, key, seen))
        .isInstanceOfSatisfying(
            LogReport.Damaged.class,
            report -> assertThat(report.text()).contains("does not continue"));

    Path shorter = home.resolve("shorter");
    try (TransparencyLog log = TransparencyLog.open(shorter, signer)) {
      log.append(entries(0, 299));
    }
    assertThat(LogVerifier.verify(shorter, key, seen))
        .isInstanceOfSatisfying(
            LogReport.Damaged.class,
            report -> assertThat(report.text()).contains("has become shorter"));
  }

  @Test
  void a_log_that_is_being_written_can_be_verified_meanwhile() throws InterruptedException {
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 600; i++) {
                      log.append(entries(i, i + 1));
                    }
                  });
      int visits = 0;
      while (writer.isAlive()) {
        assertThat(LogVerifier.verify(directory, key)).isInstanceOf(LogReport.Intact.class);
        visits++;
      }
      writer.join();
      assertThat(visits).isPositive();
    }
  }

  @Test
  void the_command_tells_by_its_exit_code_whether_the_log_holds() throws IOException {
    logOf(300);
    Path remembered = home.resolve("last-visit");
    String dir = directory.toString();
    assertThat(command(dir, key.text(), "--remember", remembered.toString())).isZero();
    assertThat(remembered).hasSameBinaryContentAs(directory.resolve("checkpoint"));
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      log.append(entries(300, 400));
      Files.writeString(home.resolve("proof"), log.receipt(7).text());
      Files.write(home.resolve("entry"), log.entry(7));
    }
    assertThat(command(dir, key.text(), "--remember", remembered.toString())).isZero();
    assertThat(command(dir)).isZero();
    String proof = home.resolve("proof").toString();
    assertThat(command("--receipt", proof, home.resolve("entry").toString(), key.text())).isZero();
    assertThat(command("--receipt", proof, home.resolve("key").toString(), key.text()))
        .isEqualTo(VerifyLog.DOES_NOT_HOLD);
    flip(directory.resolve("tile/0/000"), 99, 0);
    assertThat(command(dir, key.text())).isEqualTo(VerifyLog.DOES_NOT_HOLD);
    assertThat(command()).isEqualTo(VerifyLog.USAGE);
    assertThat(command(dir, "no+key")).isEqualTo(VerifyLog.USAGE);
  }

  private static int command(String... words) {
    return VerifyLog.run(
        List.of(words), new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }
}
