package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.server.command.Console;
import cn.mingmian.server.whatif.Examples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The commands as a shell meets them: exit code, answer on one stream, complaint on the other.
class CommandLineTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    out.reset();
    err.reset();
    return Main.run(
        List.of(words),
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC()));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void help_lists_every_command_and_the_exit_codes() {
    assertThat(run()).isZero();
    for (var command : Main.commands()) {
      assertThat(said()).contains("mingmian " + command.name());
    }
    assertThat(said()).contains("exit codes");
    assertThat(run("deadline", "--help")).isZero();
    assertThat(said()).contains("[--event CHANGE|END]");
  }

  @Test
  void an_unknown_command_or_option_is_bad_input() {
    assertThat(run("recognise-everybody")).isEqualTo(2);
    assertThat(complained()).contains("`recognise-everybody`").contains("help");
    assertThat(run("deadline", "--fast")).isEqualTo(2);
    assertThat(complained()).contains("unknown option `--fast`").contains("--event");
    assertThat(run("version", "twice")).isEqualTo(2);
  }

  @Test
  void a_deadline_is_printed_alone_on_standard_output() {
    assertThat(run("deadline", "MEASURES-2025/15.1", "2025-06-03")).isZero();
    assertThat(said()).isEqualTo("2025-07-15\n");
    assertThat(run("deadline", "DRAFT-2023/16.3", "2026-03-02", "--event", "end", "--json"))
        .isZero();
    assertThat(JsonMapper.shared().readTree(said()).at("/event").asString()).isEqualTo("END");
  }

  @Test
  void a_deadline_that_cannot_be_counted_is_bad_input() {
    assertThat(run("deadline", "MEASURES-2025/99", "2025-06-03")).isEqualTo(2);
    assertThat(complained()).contains("no clock for `MEASURES-2025/99`");
    assertThat(run("deadline", "MEASURES-2025/15.1", "yesterday")).isEqualTo(2);
    assertThat(run("deadline", "MEASURES-2025/15.1")).isEqualTo(2);
    assertThat(run("deadline", "DRAFT-2023/16.3", "2026-03-02", "--event=LATER")).isEqualTo(2);
  }

  @Test
  void a_directory_without_a_log_does_not_verify(@TempDir Path empty) {
    assertThat(run("verify-log", empty.toString())).isNotZero();
  }

  @Test
  void serve_says_what_is_wrong_with_its_options() {
    assertThat(run("serve", "--port", "many")).isEqualTo(2);
    assertThat(complained()).contains("`--port` expects 0 to 65535");
    assertThat(run("serve", "--certificate", "x.pem")).isEqualTo(2);
    assertThat(complained()).contains("go together");
    assertThat(run("serve", "--listen", "no such host")).isEqualTo(2);
  }

  @Test
  void a_bad_database_address_is_told_without_its_password() {
    int code = run("serve", "--database-url", "postgresql://me:geheim%@nowhere/x y", "--port", "0");
    assertThat(code).isNotZero();
    assertThat(complained()).contains("--database-url").doesNotContain("geheim");
  }

  @Test
  void a_stored_decision_is_replayed_and_a_changed_one_is_told(@TempDir Path folder)
      throws Exception {
    String facts = FactsWriter.write(Examples.named("only-way").orElseThrow().facts());
    String decision = DecisionWriter.write(Rulebook.standard().decide(FactsReader.read(facts)));
    Path file = folder.resolve("decision.json");
    Files.writeString(file, "{\"facts\":%s,\"decision\":%s}".formatted(facts, decision));
    assertThat(run("law", "replay", file.toString())).as(complained()).isZero();
    assertThat(said()).startsWith("SAME");
    Files.writeString(
        file,
        "{\"facts\":%s,\"decision\":%s}"
            .formatted(facts, decision.replace("\"REFUSE\"", "\"PERMIT\"")));
    assertThat(run("law", "replay", file.toString())).isEqualTo(1);
    assertThat(said()).startsWith("UNEXPLAINED").contains("outcome: PERMIT -> REFUSE");
    Files.writeString(file, "{}");
    assertThat(run("law", "replay", file.toString())).isEqualTo(2);
    assertThat(complained()).contains("`/facts`");
    assertThat(run("law", "replay", folder.resolve("absent").toString())).isEqualTo(2);
  }

  @Test
  void what_comes_into_force_is_told_before_it_does() {
    assertThat(run("law", "ready", "2025-05-31")).isZero();
    assertThat(said()).contains("2025-06-01  MEASURES-2025/10.1").doesNotContain("PIPL/13");
    assertThat(run("law", "ready")).isZero();
    assertThat(said()).contains("：0 ");
    assertThat(run("law", "ready", "tomorrow")).isEqualTo(2);
    assertThat(run("law", "changes")).isZero();
    assertThat(said()).contains(Rulebook.standard().version());
  }
}
