package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootTest {
  @TempDir Path base;

  @Test
  void a_passphrase_opens_and_another_does_not() {
    try (Fixture f = new Fixture(base);
        RootKey right = RootKey.fromPassphrase("正大光明 open and above board".toCharArray());
        RootKey wrong = RootKey.fromPassphrase("正大光明 open and above bored".toCharArray())) {
      TemplateId id = f.seal(Fixture.unit(1, 32));
      f.vault.changeRoot(right);
      f.vault.close();
      assertThatThrownBy(() -> Vault.open(f.directory, wrong, f.random, f))
          .isInstanceOf(WrongRootException.class)
          .hasMessageStartingWith("wrong root key");
      assertThatThrownBy(() -> Vault.open(f.directory, f.root, f.random, f))
          .isInstanceOf(WrongRootException.class)
          .hasMessage("the vault's root is a passphrase, a key file was given");
      f.vault = Vault.open(f.directory, right, f.random, f);
      assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
      f.vault.changeEpoch();
      f.vault.changeRoot(f.root);
      f.reopen();
      assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.Read.class);
    }
  }

  @Test
  void a_short_passphrase_is_refused() {
    assertThatThrownBy(() -> RootKey.fromPassphrase("short".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("passphrase has 5 characters, expected at least 12");
  }

  @Test
  void a_forged_setting_cannot_exhaust_the_machine() {
    try (RootKey root = RootKey.fromPassphrase("twelve letters".toCharArray())) {
      byte[] parameters =
          HexFormat.of().parseHex("0213" + "0004" + "00000003" + "7fffffff" + "00".repeat(16));
      assertThatThrownBy(() -> root.unlock(PassphraseRoot.KIND, parameters))
          .isInstanceOf(VaultDamagedException.class)
          .hasMessageContaining("2147483647 KiB: refused");
    }
  }

  /// From the test file of the reference implementation (P-H-C/phc-winner-argon2, test.c).
  @Test
  void argon2id_matches_the_reference_vector() {
    byte[] secret =
        PassphraseRoot.argon2id(
            "password".getBytes(StandardCharsets.UTF_8),
            "somesalt".getBytes(StandardCharsets.UTF_8),
            1,
            2,
            65536);
    assertThat(HexFormat.of().formatHex(secret))
        .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  }

  /// With SoftHSM, in a process of its own, because the library reads its configuration from the
  /// environment.
  @Test
  void a_token_opens_without_giving_its_key_away() throws Exception {
    Optional<Path> library =
        Stream.of(
                "/usr/lib/softhsm/libsofthsm2.so",
                "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                "/usr/lib64/libsofthsm2.so",
                "/usr/local/lib/softhsm/libsofthsm2.so",
                "/opt/homebrew/lib/softhsm/libsofthsm2.so")
            .map(Path::of)
            .filter(Files::exists)
            .findFirst();
    if (library.isEmpty()) System.out.println("SKIPPED token: SoftHSM is not installed");
    assumeTrue(library.isPresent(), "needs SoftHSM");
    Path conf = base.resolve("softhsm2.conf");
    Files.createDirectories(base.resolve("tokens"));
    Files.writeString(
        conf,
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(base.resolve("tokens")));
    run(
        conf,
        List.of(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "vault",
            "--pin",
            "246810",
            "--so-pin",
            "135791113"));
    String said =
        run(
            conf,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                TokenChild.class.getName(),
                library.get().toString(),
                base.toString()));
    assertThat(said).contains("token: all as promised");
  }

  private static String run(Path conf, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", conf.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
