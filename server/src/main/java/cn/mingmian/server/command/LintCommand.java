package cn.mingmian.server.command;

import cn.mingmian.law.lint.Flaw;
import cn.mingmian.law.lint.PromptLinter;
import cn.mingmian.law.lint.TermsLinter;
import cn.mingmian.law.lint.TextTooLongException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `lint terms|prompt FILE`: what a consent text, or a screen, may not say about a face. Exit code
/// 1 when something is found.
public final class LintCommand implements Command {

  private static final long MOST_BYTES = 1_000_000;

  @Override
  public String name() {
    return "lint";
  }

  @Override
  public String synopsis() {
    return "terms|prompt FILE [--json]";
  }

  @Override
  public String purpose() {
    return "检查同意书、格式条款或屏幕文字 / check a consent text, terms or a screen";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String what = arguments.word("`terms` or `prompt`");
    Path file = Path.of(arguments.word("a text file"));
    arguments.finish();
    List<Flaw> flaws = lint(what, read(file));
    if (arguments.flag("--json")) {
      console.json(flaws.stream().map(FlawView::of).toList());
      return flaws.isEmpty() ? OK : FAILED;
    }
    for (Flaw flaw : flaws) {
      console.say(
          "%s:%d:%d  %s  %s",
          file,
          flaw.span().line(),
          flaw.span().column(),
          flaw.kind(),
          String.join(" ", flaw.rules()));
      console.say("    “%s”", flaw.span().quoted());
      console.say("    %s", flaw.why().zh());
      console.say("    %s", flaw.why().en());
      console.say("    -> %s", flaw.better().zh());
      console.say("    -> %s", flaw.better().en());
    }
    console.complain(
        flaws.isEmpty()
            ? "未发现已知问题；这不等于合法 / nothing known was found; that is no approval"
            : "%d 处 / found".formatted(flaws.size()));
    return flaws.isEmpty() ? OK : FAILED;
  }

  private static List<Flaw> lint(String what, String text) {
    try {
      return switch (what) {
        case "terms" -> new TermsLinter().lint(text);
        case "prompt" -> new PromptLinter().lint(text);
        default ->
            throw new BadArgumentException(
                "expected `terms` or `prompt`, found `%s`".formatted(what));
      };
    } catch (TextTooLongException tooLong) {
      throw new BadArgumentException(String.valueOf(tooLong.getMessage()));
    }
  }

  private static String read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadArgumentException("`%s` is not a file".formatted(file));
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new BadArgumentException("`%s` has more than %d bytes".formatted(file, MOST_BYTES));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new BadArgumentException("`%s` is not text in UTF-8".formatted(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(file), unreadable);
    }
  }
}
