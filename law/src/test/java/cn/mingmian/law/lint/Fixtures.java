package cn.mingmian.law.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the sentences and screens that the linters are measured on.
final class Fixtures {
  record Bad(Set<Kind> kinds, String text) {}

  /// @param missed  flaws that were not found
  /// @param cried  flaws reported in clean texts
  record Score(List<String> missed, List<String> cried) {}

  private Fixtures() {}

  /// Measures a linter on one set of fixtures and prints recall and precision.
  static Score score(String name, String set, Function<String, List<Flaw>> linter) {
    List<String> missed = new ArrayList<>();
    List<String> cried = new ArrayList<>();
    int due = 0;
    int right = 0;
    for (Bad bad : bad(name + "-bad" + set + ".txt")) {
      Set<Kind> found = EnumSet.noneOf(Kind.class);
      linter.apply(bad.text()).forEach(flaw -> found.add(flaw.kind()));
      for (Kind kind : bad.kinds()) {
        due++;
        if (found.contains(kind)) right++;
        else missed.add("missed %s in: %s (found %s)".formatted(kind, bad.text(), found));
      }
    }
    List<String> good = good(name + "-good" + set + ".txt");
    int spoiled = 0;
    for (String text : good) {
      List<Flaw> flaws = linter.apply(text);
      if (!flaws.isEmpty()) spoiled++;
      flaws.forEach(flaw -> cried.add("cried %s in: %s".formatted(flaw, text)));
    }
    System.out.printf(
        Locale.ROOT,
        "%s%s: recall %d of %d, false alarms in %d of %d clean texts, precision %.3f%n",
        name,
        set,
        right,
        due,
        spoiled,
        good.size(),
        right / (double) Math.max(1, right + cried.size()));
    return new Score(missed, cried);
  }

  static List<Bad> bad(String file) {
    return lines(file).stream()
        .map(
            line -> {
              String[] parts = line.split("\t", 2);
              Set<Kind> kinds =
                  Arrays.stream(parts[0].split(","))
                      .map(Kind::valueOf)
                      .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
              return new Bad(kinds, unescaped(parts[1]));
            })
        .toList();
  }

  static List<String> good(String file) {
    return lines(file).stream().map(Fixtures::unescaped).toList();
  }

  static String whole(String file) {
    try (InputStream in = Fixtures.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("no fixture `%s`".formatted(file));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String file) {
    return whole(file).lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
  }

  /// A fixture is one line; `\n` stands for a line break in it.
  private static String unescaped(String line) {
    return line.replace("\\n", "\n");
  }
}
