package cn.mingmian.ledger;

import static cn.mingmian.ledger.TransparencyLogTest.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A witness signs what it has seen whole and growing, and nothing else.
class WitnessTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  @TempDir Path home;
  private Path directory;
  private Ed25519Signer signer;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void makeLog() {
    directory = home.resolve("log");
    signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example/gate", new SecureRandom());
    grow(300);
  }

  private void grow(int to) {
    try (TransparencyLog log = TransparencyLog.open(directory, signer)) {
      int from = (int) log.size();
      log.append(entries(from, to));
    }
  }

  private int verifyLog(String... words) {
    out.reset();
    return VerifyLog.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_signature_line_is_that_of_c2sp_cosignature_v1() {
    Ed25519Signer key =
        Ed25519Signer.openOrCreate(home.resolve("w"), "witness.example/w1", new SecureRandom());
    Witness witness = new Witness(key, CLOCK);
    LogReport.Intact intact =
        (LogReport.Intact) LogVerifier.verify(directory, signer.verifierKey());
    SignedCheckpoint cosigned = witness.cosign(intact);
    SignedNote.NoteSignature line = cosigned.note().signatures().getLast();
    assertThat(line.signature()).hasSize(72);
    assertThat(HexFormat.of().formatHex(line.signature(), 0, 8)).isEqualTo("000000006553f100");
    // What was signed, spelled out as the specification has it.
    String message = "cosignature/v1\ntime 1700000000\n" + cosigned.note().text();
    assertThat(
            key.verifierKey()
                .verify(
                    message.getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOfRange(line.signature(), 8, 72)))
        .isTrue();
    assertThat(Witness.cosignedAt(cosigned, witness.verifierKey())).contains(CLOCK.instant());
    assertThat(VerifierKey.parse(witness.verifierKey().text())).isEqualTo(witness.verifierKey());
    assertThat(witness.verifierKey()).isNotEqualTo(key.verifierKey());
    // Readers of the log alone are not disturbed by it, and signing again replaces the line.
    assertThat(
            SignedCheckpoint.parse(cosigned.bytes()).note().verify(List.of(signer.verifierKey())))
        .isInstanceOf(SignedNote.Signed.class);
    assertThat(
            witness
                .cosign(new LogReport.Intact(cosigned, java.util.Optional.empty()))
                .note()
                .signatures())
        .hasSize(2);
  }

  @Test
  void a_bent_time_or_signature_is_no_cosignature() {
    Witness witness =
        new Witness(
            Ed25519Signer.openOrCreate(home.resolve("w"), "witness.example/w1", new SecureRandom()),
            CLOCK);
    SignedCheckpoint cosigned =
        witness.cosign((LogReport.Intact) LogVerifier.verify(directory, signer.verifierKey()));
    byte[] text = cosigned.note().text().getBytes(StandardCharsets.UTF_8);
    byte[] good = cosigned.note().signatures().getLast().signature();
    for (int at = 0; at < good.length; at++) {
      byte[] bent = good.clone();
      bent[at] ^= 1;
      assertThat(witness.verifierKey().verify(text, bent)).as("byte %d", at).isFalse();
    }
    assertThat(witness.verifierKey().verify(text, Arrays.copyOf(good, 64))).isFalse();
  }

  @Test
  void a_log_is_not_its_own_witness_and_a_witness_is_no_log() {
    LogReport.Intact intact =
        (LogReport.Intact) LogVerifier.verify(directory, signer.verifierKey());
    assertThatThrownBy(() -> new Witness(signer, CLOCK).cosign(intact))
        .hasMessageContaining("own witness");
    VerifierKey wrong = VerifierKey.ofWitness(signer.name(), signer.verifierKey().key());
    assertThat(LogVerifier.verify(directory, wrong)).isInstanceOf(LogReport.Damaged.class);
  }

  @Test
  void by_command_the_witness_signs_visit_after_visit_and_an_outsider_relies_on_it()
      throws Exception {
    String log = directory.toString();
    String key = signer.verifierKey().text();
    String seen = home.resolve("seen").toString();
    String[] witness = {
      log, key, "--remember", seen, "--cosign", home.resolve("w").toString(), "--name", "w.example"
    };
    assertThat(verifyLog(witness)).as(said()).isEqualTo(VerifyLog.HOLDS);
    String witnessKey = said().lines().toList().getLast().strip();
    grow(700);
    assertThat(verifyLog(witness)).isEqualTo(VerifyLog.HOLDS);
    assertThat(said()).contains("continues the checkpoint of 300");
    grow(900);
    assertThat(verifyLog(log, key, "--cosigned", seen, "--witness", witnessKey))
        .isEqualTo(VerifyLog.HOLDS);
    assertThat(said()).contains("saw 700 entries");

    // The operator begins anew with the same key: the witness does not sign, the outsider sees it.
    byte[] before = Files.readAllBytes(Path.of(seen));
    try (var all = Files.walk(directory)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
    }
    try (TransparencyLog fork = TransparencyLog.open(directory, signer)) {
      fork.append(entries(5_000, 5_900));
    }
    assertThat(verifyLog(witness)).isEqualTo(VerifyLog.DOES_NOT_HOLD);
    assertThat(said()).contains("does not continue the earlier checkpoint");
    assertThat(Files.readAllBytes(Path.of(seen))).isEqualTo(before);
    assertThat(verifyLog(log, key, "--cosigned", seen, "--witness", witnessKey))
        .isEqualTo(VerifyLog.DOES_NOT_HOLD);
    assertThat(verifyLog(log, key, "--cosigned", seen, "--witness", key))
        .as("the log's own key is no witness")
        .isEqualTo(VerifyLog.DOES_NOT_HOLD);
    assertThat(verifyLog(log, key, "--cosign", seen)).isEqualTo(VerifyLog.USAGE);
  }
}
