package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Doctor as a shell meets it, on a sound installation and on one with several things wrong.
class DoctorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int doctor(Clock clock, Path data, String... more) {
    out.reset();
    List<String> words = new ArrayList<>(List.of("doctor", "--data", data.toString()));
    words.addAll(List.of(more));
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.run(words, new Console(stream, stream, clock));
  }

  private JsonNode finding(String name) {
    for (JsonNode each : RunningServer.JSON.readTree(out.toByteArray()).at("/findings")) {
      if (each.at("/name").asString().equals(name)) return each;
    }
    throw new AssertionError("nothing is said about `" + name + "`:\n" + out);
  }

  private void expect(String name, String state, String found) {
    assertThat(finding(name).at("/state").asString()).as("%s", finding(name)).isEqualTo(state);
    assertThat(finding(name).at("/found").asString()).contains(found);
    boolean sound = state.equals("SOUND");
    assertThat(finding(name).at("/remedy/zh").asString("").isBlank()).isEqualTo(sound);
    assertThat(finding(name).at("/remedy/en").asString("").isBlank()).isEqualTo(sound);
  }

  @Test
  void what_is_sound_is_evidenced_and_what_is_not_comes_with_a_remedy(@TempDir Path data)
      throws Exception {
    Clock clock = Clock.systemUTC();
    assertThat(doctor(clock, data, "--json")).as("%s", out).isEqualTo(Command.OK);
    for (String name :
        List.of(
            "jdk",
            "memory",
            "disk",
            "permissions",
            "log",
            "records",
            "recording",
            "clock",
            "sealed-templates",
            "audit-trail",
            "vault-access",
            "key-scopes",
            "permits")) {
      expect(name, "SOUND", "");
    }
    expect("sealed-templates", "SOUND", "one bit flipped");
    expect("key-scopes", "SOUND", "revoked key");
    expect("model-origin", "NOTICE", "nobody accepted");

    // A key file that others may read, and one byte of one entry on the disk.
    Files.setPosixFilePermissions(
        data.resolve("keys/log.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    Path bundle;
    try (var files = Files.list(data.resolve("log/tile/entries/000.p"))) {
      bundle = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[40] ^= 1;
    Files.write(bundle, bytes);
    assertThat(doctor(clock, data, "--json")).isEqualTo(Command.FAILED);
    expect("permissions", "BROKEN", "log.pem");
    expect("log", "BROKEN", "entry 0");
    expect("opening", "BROKEN", "LogDamagedException");
    Files.setPosixFilePermissions(
        data.resolve("keys/log.pem"), PosixFilePermissions.fromString("rw-------"));
    bytes[40] ^= 1;
    Files.write(bundle, bytes);

    // A clock that went back by a day.
    Clock yesterday = Clock.offset(clock, Duration.ofDays(-1));
    assertThat(doctor(yesterday, data)).isEqualTo(Command.FAILED);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("✗ 时钟 / clock", "→ 校准系统时间", "to mend");
  }

  @Test
  void beside_a_running_server_it_says_who_has_the_rest() {
    doctor(Clock.systemUTC(), RunningServer.get().data, "--json");
    expect("opening", "NOTICE", "");
    expect("log", "SOUND", "hashed again");
  }
}
