package cn.mingmian.server.keeping;

import cn.mingmian.platform.keys.Root;
import cn.mingmian.platform.keys.Secrets;
import cn.mingmian.server.command.BadArgumentException;
import java.io.Console;
import java.util.Arrays;

/// Asks at the terminal, without showing what is typed.
record Prompt(String option) implements Secrets {
  @Override
  public char[] ask(Root root, boolean fresh) {
    Console console = System.console();
    boolean pin = root instanceof Root.Token;
    if (console == null || !console.isTerminal()) {
      throw new BadArgumentException(
          "the root is a %s: start in a terminal, or name a file with its %s by `%s` (`/dev/fd/3` for a descriptor)"
              .formatted(root.kind(), pin ? "PIN" : "text", option));
    }
    char[] first = read(console, pin ? "PIN 令牌口令 / token PIN: " : "口令 / passphrase: ");
    if (!fresh) return first;
    char[] again = read(console, "再次输入 / again: ");
    boolean same = Arrays.equals(first, again);
    Arrays.fill(again, '\0');
    if (same) return first;
    Arrays.fill(first, '\0');
    throw new BadArgumentException("the two are not the same");
  }

  private static char[] read(Console console, String prompt) {
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) throw new BadArgumentException("nothing was typed");
    return typed;
  }
}
