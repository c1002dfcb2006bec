package cn.mingmian.server;

import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import cn.mingmian.server.command.DeadlineCommand;
import cn.mingmian.server.command.DecideCommand;
import cn.mingmian.server.command.EvaluateCommand;
import cn.mingmian.server.command.LawCommand;
import cn.mingmian.server.command.LintCommand;
import cn.mingmian.server.command.ModelsCommand;
import cn.mingmian.server.command.VerifyLogCommand;
import cn.mingmian.server.command.VersionCommand;
import cn.mingmian.server.demo.DemoCommand;
import cn.mingmian.server.http.Frames;
import cn.mingmian.server.keeping.BackupCommand;
import cn.mingmian.server.keeping.KeysCommand;
import cn.mingmian.server.keeping.RestoreCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The door from the command line: `mingmian COMMAND ...`.
///
/// Exit codes: 0 it did what was asked; 1 it worked, and the answer is no (a disagreement, a failed
/// check); 2 it could not be done as asked.
public final class Main {

  private static final Pattern VALUED = Pattern.compile("(--[a-z-]++) [A-Z]");
  private static final Pattern PLAIN = Pattern.compile("(--[a-z-]++)(?! [A-Z])");

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] given) {
    Console console =
        new Console(utf8(FileDescriptor.out), utf8(FileDescriptor.err), Clock.systemUTC());
    System.exit(run(Arrays.asList(given), console));
  }

  /// Every command, in the order in which `help` tells them.
  static List<Command> commands() {
    return List.of(
        new ServeCommand(),
        new DemoCommand(),
        new DecideCommand(),
        new DeadlineCommand(),
        new LawCommand(),
        new LintCommand(),
        new VerifyLogCommand(),
        new TimestampCommand(),
        new EvaluateCommand(),
        new ModelsCommand(),
        new DoctorCommand(),
        new KeysCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new VersionCommand());
  }

  /// Runs one command.
  ///
  /// @return its exit code
  static int run(List<String> given, Console console) {
    String name = given.isEmpty() ? "help" : given.getFirst();
    if (name.equals("help") || name.equals("--help") || name.equals("-h")) {
      help(console);
      return Command.OK;
    }
    for (Command command : commands()) {
      if (command.name().equals(name)) {
        return run(command, given.subList(1, given.size()), console);
      }
    }
    console.complain("mingmian: unknown command `%s`; `mingmian help` lists them".formatted(name));
    return Command.BAD_INPUT;
  }

  private static int run(Command command, List<String> given, Console console) {
    if (given.contains("--help") || given.contains("-h")) {
      console.say("%s", command.purpose());
      console.say("mingmian %s %s", command.name(), command.synopsis());
      return Command.OK;
    }
    try {
      return command.run(
          Arguments.parse(
              given, options(command.synopsis(), VALUED), options(command.synopsis(), PLAIN)),
          console);
    } catch (BadArgumentException wrong) {
      console.complain("mingmian: %s", String.valueOf(wrong.getMessage()));
      console.complain("usage: mingmian %s %s", command.name(), command.synopsis());
      return Command.BAD_INPUT;
    } catch (RuntimeException failed) {
      console.complain("mingmian: %s failed: %s", command.name(), reasons(failed));
      if (System.getenv("MINGMIAN_TRACE") == null) {
        console.complain("set MINGMIAN_TRACE=1 to see where");
      } else {
        console.complain("%s", Frames.of(failed));
      }
      return Command.FAILED;
    }
  }

  private static String reasons(Throwable failed) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failed; each != null; each = each.getCause()) {
      text.append(text.isEmpty() ? "" : ": ").append(each.getMessage());
    }
    return text.toString();
  }

  /// The options stand in the synopsis once, so that help and parser cannot differ.
  private static Set<String> options(String synopsis, Pattern kind) {
    Set<String> options = new HashSet<>();
    Matcher matcher = kind.matcher(synopsis);
    while (matcher.find()) {
      options.add(matcher.group(1));
    }
    return options;
  }

  private static void help(Console console) {
    console.say("明面 Mingmian: a face recognition server that cannot be used unlawfully");
    console.say("");
    for (Command command : commands()) {
      console.say("  mingmian %s %s", command.name(), command.synopsis());
      console.say("      %s", command.purpose());
    }
    console.say("  mingmian fuzz [TARGET] [--minutes N]");
    console.say("      随机破坏输入以检验各读取器 / give bent input to every reader (through the launcher)");
    console.say("  mingmian test");
    console.say("      运行全部测试 / run all tests (through the launcher)");
    console.say("  mingmian soak [--kills N] [--minutes M]");
    console.say("      反复强行终止并核对 / kill it again and again and look what is there");
    console.say("");
    console.say("exit codes: 0 done; 1 the answer is no or a check failed; 2 bad input");
  }

  private static PrintStream utf8(FileDescriptor where) {
    return new PrintStream(new FileOutputStream(where), true, StandardCharsets.UTF_8);
  }
}
