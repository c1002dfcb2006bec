package cn.mingmian.server.keeping;

import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `backup`: one of the three parts into a new directory, with the server running or stopped.
public final class BackupCommand implements Command {

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String synopsis() {
    return "DIR [--records] [--faces] [--keys] " + Unlocking.SYNOPSIS;
  }

  @Override
  public String purpose() {
    return "备份：数据库与日志、模板（不出场所）、密钥，三者分开 / backs up records, faces (stay on site) or keys, apart";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Path target = Path.of(arguments.word("a new directory")).toAbsolutePath();
    arguments.finish();
    List<String> chosen =
        List.of("records", "faces", "keys").stream()
            .filter(part -> arguments.flag("--" + part))
            .toList();
    if (chosen.size() != 1) {
      throw new BadArgumentException(
          "expected one of `--records`, `--faces`, `--keys`, found %d: they are kept apart, so each goes into a directory of its own"
              .formatted(chosen.size()));
    }
    return Desk.bring(
        new Errand(
            "backup",
            Desk.account(),
            Map.of("what", chosen.getFirst().toUpperCase(Locale.ROOT), "to", target.toString())),
        new char[0],
        arguments,
        console);
  }
}
