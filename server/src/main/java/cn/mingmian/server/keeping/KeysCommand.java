package cn.mingmian.server.keeping;

import cn.mingmian.platform.keys.Root;
import cn.mingmian.platform.keys.Secrets;
import cn.mingmian.platform.keys.UnlinkabilityTable;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `keys`: how the keys stand, and turning them, with the server running or stopped.
public final class KeysCommand implements Command {
  private static final List<String> ACTS =
      List.of("status", "rotate-epoch", "rotate-root", "renew-gallery", "unlinkability");

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String synopsis() {
    return "status | rotate-epoch | rotate-root | renew-gallery | unlinkability"
        + " [--purpose ID] [--site ID] [--people N] [--json] [--new-secret-file FILE] [--root WORD]"
        + " [--root-key FILE] [--token-module FILE --token-slot N --token-key NAME] "
        + Unlocking.SYNOPSIS;
  }

  @Override
  public String purpose() {
    return "查看与轮换密钥，无须停机 / shows and turns the keys, without downtime";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String act = arguments.word("what to do with the keys: " + String.join(", ", ACTS));
    arguments.finish();
    if (!ACTS.contains(act)) {
      throw new BadArgumentException(
          "expected one of %s, found `%s`".formatted(String.join(", ", ACTS), act));
    }
    if (act.equals("unlinkability")) {
      int people =
          arguments
              .value("--people")
              .filter(n -> n.matches("[0-9]{3,5}"))
              .map(Integer::parseInt)
              .orElse(1_000);
      console.say("%s", UnlinkabilityTable.measured(people, new SecureRandom()));
      return OK;
    }
    Map<String, String> options = new HashMap<>();
    for (String option : List.of("purpose", "site")) {
      arguments.value("--" + option).ifPresent(value -> options.put(option, value));
    }
    if (arguments.flag("--json")) options.put("json", "");
    Root next = Root.standard();
    if (act.equals("rotate-root")) {
      next =
          Unlocking.root(arguments::value)
              .orElseThrow(
                  () ->
                      new BadArgumentException(
                          "say which root is next: `--root key-file`, `passphrase` or `token`"));
      describe(next, options);
    }
    boolean asks = act.equals("rotate-root") && !(next instanceof Root.KeyFile);
    Root asked = next;
    Secrets secrets = Unlocking.secrets(arguments, "--new-secret-file");
    return Desk.bring(
        new Errand("keys " + act, Desk.account(), options),
        asks ? secrets.ask(asked, asked instanceof Root.Passphrase) : new char[0],
        arguments,
        console);
  }

  private static void describe(Root root, Map<String, String> options) {
    options.put("root", root.kind());
    switch (root) {
      case Root.Passphrase passphrase -> {}
      case Root.KeyFile(var file) -> {
        if (file.isAbsolute()) options.put("root-key", file.toString());
      }
      case Root.Token(var module, int slot, String key) -> {
        options.put("token-module", module.toString());
        options.put("token-slot", Integer.toString(slot));
        options.put("token-key", key);
      }
    }
  }
}
