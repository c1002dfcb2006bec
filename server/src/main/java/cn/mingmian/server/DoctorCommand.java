package cn.mingmian.server;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.security.SecureRandom;
import java.util.List;

/// `doctor`: opens the data directory, tries the five families of protection for real, and says
/// how records and log stand. Exit code 1 when something does not work.
final class DoctorCommand implements Command {

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String synopsis() {
    return "[--data DIR] [--json]";
  }

  @Override
  public String purpose() {
    return "自检五类安全措施（服务须已停止） / try the five families of protection; the server must be stopped";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Settings settings = Settings.in(ServeCommand.dataDirectory(arguments));
    arguments.finish();
    Server.quiet();
    try (Platform platform =
        Platform.open(
            Platform.Options.in(settings.data(), settings.models()),
            console.clock(),
            new SecureRandom())) {
      List<ControlState> states = platform.controls().runAll();
      boolean log = platform.trail().status().working();
      boolean sound = log && states.stream().allMatch(ControlState::working);
      if (arguments.flag("--json")) {
        console.json(states);
        return sound ? OK : FAILED;
      }
      for (ControlState state : states) {
        console.say("%-4s %s  %s", state.working() ? "ok" : "FAIL", state.family(), state.why());
        for (ControlState.Check check : state.checks()) {
          console.say(
              "       %-4s %s: %s", check.passed() ? "ok" : "FAIL", check.name(), check.evidence());
        }
      }
      console.say("%-4s log  %s", log ? "ok" : "FAIL", platform.trail().status().detail());
      console.say("%-4s records  %s", "ok", platform.database().describe());
      return sound ? OK : FAILED;
    } catch (DatabaseException lost) {
      console.complain("mingmian: %s", String.valueOf(lost.getMessage()));
      return FAILED;
    }
  }
}
