package cn.mingmian.server.api;

import cn.mingmian.server.http.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks of single fields; each complaint names the field by JSON pointer.
final class Fields {

  private Fields() {}

  static <T> T present(String pointer, @Nullable T value) {
    if (value == null) {
      throw ProblemException.field(pointer, "expected a value, found none");
    }
    return value;
  }

  static String text(String pointer, @Nullable String value, int longest) {
    String text = present(pointer, value).strip();
    if (text.isEmpty() || text.length() > longest) {
      throw ProblemException.field(
          pointer, "expected 1 to %d characters, found %d".formatted(longest, text.length()));
    }
    return text;
  }

  static String matching(String pointer, @Nullable String value, String shape) {
    String text = present(pointer, value);
    if (!text.matches(shape)) {
      throw ProblemException.field(pointer, "expected the shape `%s`".formatted(shape));
    }
    return text;
  }

  static <T> List<T> list(String pointer, @Nullable List<T> value) {
    List<T> list = present(pointer, value);
    if (list.isEmpty() || list.size() > 64 || list.contains(null)) {
      throw ProblemException.field(
          pointer, "expected 1 to 64 values, found %d".formatted(list.size()));
    }
    return list;
  }

  static int within(String pointer, int value, int least, int most) {
    if (value < least || value > most) {
      throw ProblemException.field(
          pointer, "expected %d to %d, found %d".formatted(least, most, value));
    }
    return value;
  }

  static <T> Optional<T> optional(@Nullable T value) {
    return Optional.ofNullable(value);
  }
}
