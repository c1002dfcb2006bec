package cn.mingmian.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What follows a command's name: words, `--flags`, and `--options VALUE` (or `--option=VALUE`).
/// Whatever is not asked for by [#finish] time is an error, never ignored.
///
/// One thread at a time.
public final class Arguments {

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private int next;

  private Arguments() {}

  /// @param valued  the options that take a value, with their dashes
  /// @param plain  the flags, with their dashes
  public static Arguments parse(List<String> given, Set<String> valued, Set<String> plain) {
    Arguments arguments = new Arguments();
    for (int i = 0; i < given.size(); i++) {
      String each = given.get(i);
      int equals = each.indexOf('=');
      String option = each.startsWith("--") && equals > 0 ? each.substring(0, equals) : each;
      if (!each.startsWith("--")) {
        arguments.words.add(each);
      } else if (valued.contains(option)) {
        String value;
        if (equals > 0) {
          value = each.substring(equals + 1);
        } else if (i + 1 < given.size()) {
          value = given.get(++i);
        } else {
          throw new BadArgumentException("`%s` expects a value, found none".formatted(option));
        }
        if (arguments.values.put(option, value) != null) {
          throw new BadArgumentException("`%s` is given twice".formatted(option));
        }
      } else if (plain.contains(each)) {
        arguments.flags.add(each);
      } else {
        List<String> known = new ArrayList<>(valued);
        known.addAll(plain);
        known.sort(null);
        throw new BadArgumentException(
            known.isEmpty()
                ? "unknown option `%s`, none is expected".formatted(each)
                : "unknown option `%s`, expected one of: %s"
                    .formatted(each, String.join(", ", known)));
      }
    }
    return arguments;
  }

  public boolean flag(String name) {
    return flags.contains(name);
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public Optional<Path> path(String name) {
    return value(name).map(Path::of);
  }

  /// The next word.
  ///
  /// @param meaning  what is expected there, for the complaint
  public String word(String meaning) {
    if (next == words.size()) {
      throw new BadArgumentException("expected %s, found nothing".formatted(meaning));
    }
    return words.get(next++);
  }

  /// The next word, if there is one.
  public Optional<String> optionalWord() {
    return next == words.size() ? Optional.empty() : Optional.of(words.get(next++));
  }

  /// All words must have been asked for.
  public void finish() {
    if (next < words.size()) {
      throw new BadArgumentException("unexpected `%s`".formatted(words.get(next)));
    }
  }
}
