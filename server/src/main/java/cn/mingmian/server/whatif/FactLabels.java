package cn.mingmian.server.whatif;

import cn.mingmian.law.rules.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What fields and values of the facts are called, in words of every day, in both languages.
/// Immutable.
public final class FactLabels {

  private final Map<String, Text> labels;

  private FactLabels(Map<String, Text> labels) {
    this.labels = labels;
  }

  /// The labels that ship with this program.
  public static FactLabels standard() {
    return Standard.LABELS;
  }

  /// What a group of fields, such as `consent`, is called.
  public Optional<Text> ofGroup(String name) {
    return Optional.ofNullable(labels.get("group/" + name));
  }

  /// What a group of fields is about, for somebody who has never read the law.
  public Optional<Text> ofHelp(String name) {
    return Optional.ofNullable(labels.get("help/" + name));
  }

  /// What a field is called.
  ///
  /// @return empty when nobody named it
  public Optional<Text> ofField(String pointer) {
    return Optional.ofNullable(labels.get(pointer));
  }

  /// What a value of a field is called.
  public Optional<Text> ofValue(String pointer, String value) {
    Text own = labels.get(pointer + "=" + value);
    return Optional.ofNullable(own != null ? own : labels.get(value));
  }

  private static final class Standard {
    static final FactLabels LABELS = read();

    private static FactLabels read() {
      Map<String, Text> labels = new LinkedHashMap<>();
      InputStream in = FactLabels.class.getResourceAsStream("/cn/mingmian/server/fact-labels.tsv");
      if (in == null) {
        throw new IllegalStateException("the labels of the facts are missing from this build");
      }
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isBlank() || line.startsWith("#")) {
            continue;
          }
          String[] cells = line.split("\t", -1);
          if (cells.length != 3 || labels.put(cells[0], new Text(cells[1], cells[2])) != null) {
            throw new IllegalStateException("label `%s` is malformed or doubled".formatted(line));
          }
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      return new FactLabels(labels);
    }
  }
}
