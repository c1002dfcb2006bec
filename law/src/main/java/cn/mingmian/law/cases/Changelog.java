package cn.mingmian.law.cases;

import cn.mingmian.law.cases.Json.Arr;
import cn.mingmian.law.cases.Json.Obj;
import cn.mingmian.law.cases.Json.Str;
import cn.mingmian.law.rules.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What changed from one version of the rulebook to the next. Immutable.
///
/// Written in `rulebook-changes.json`, newest first: the version is the rulebook's content hash, so
/// that a stored decision finds every entry made since.
///
/// @param releases  newest first
public record Changelog(List<Release> releases) {
  /// One version of the rulebook.
  ///
  /// @param version  its content hash
  /// @param date  when it was made
  public record Release(String version, LocalDate date, List<Entry> entries) {
    public Release {
      entries = List.copyOf(entries);
    }
  }

  /// One change.
  ///
  /// @param rules  ids of the rules it touches; empty for all
  /// @param what  what changed, and why
  public record Entry(Set<String> rules, Text what) {
    public Entry {
      rules = Set.copyOf(rules);
    }

    /// Whether it can explain another answer of this rule.
    public boolean touches(String rule) {
      return rules.isEmpty() || rules.contains(rule);
    }
  }

  public Changelog {
    releases = List.copyOf(releases);
  }

  /// The changes of this program's rulebook.
  public static Changelog standard() {
    return Standard.CHANGELOG;
  }

  /// Every change made after a version, newest first.
  ///
  /// @return empty for a version that is not listed
  public Optional<List<Entry>> since(String version) {
    List<Entry> newer = new ArrayList<>();
    for (Release release : releases) {
      if (release.version().equals(version)) return Optional.of(newer);
      newer.addAll(release.entries());
    }
    return Optional.empty();
  }

  static Changelog read(byte[] json) {
    List<Release> releases = new ArrayList<>();
    for (Json each : elements(Json.parse(json))) {
      List<Entry> entries = new ArrayList<>();
      for (Json entry : elements(member(each, "entries"))) {
        Set<String> rules =
            Set.copyOf(elements(member(entry, "rules")).stream().map(Changelog::text).toList());
        entries.add(
            new Entry(rules, new Text(text(member(entry, "zh")), text(member(entry, "en")))));
      }
      releases.add(
          new Release(
              text(member(each, "version")), LocalDate.parse(text(member(each, "date"))), entries));
    }
    return new Changelog(releases);
  }

  private static Json member(Json object, String name) {
    return Objects.requireNonNull(((Obj) object).members().get(name), name);
  }

  private static List<Json> elements(Json array) {
    return ((Arr) array).elements();
  }

  private static String text(Json string) {
    return ((Str) string).text();
  }

  /// Read at first use, once.
  private static final class Standard {
    static final Changelog CHANGELOG = load();

    private static Changelog load() {
      try (InputStream in = Changelog.class.getResourceAsStream("rulebook-changes.json")) {
        if (in == null) {
          throw new IllegalStateException("the rulebook's changelog is missing from this build");
        }
        return read(in.readAllBytes());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
