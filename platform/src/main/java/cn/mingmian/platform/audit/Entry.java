package cn.mingmian.platform.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be recorded: facts that everybody may read, facts that only the operator can open,
/// and tags that tell a restored database which of its rows an act was about. Immutable.
///
/// `facts` go into the log in clear, so they hold no name, number, date of birth, and no id of a
/// person, consent or template. `sealed` goes into the log as one salted commitment; the clear text
/// stays in the database until it is forgotten.
public final class Entry {
  /// Ids that stand for one human being; in the log they would be a pseudonym.
  private static final Pattern PSEUDONYM =
      Pattern.compile(
          ".*\\b((per|con|hol|grd|ref|shn)_[0-9a-z]{26}|[0-9a-f]{32}\\b).*", Pattern.DOTALL);

  private final Kind kind;
  private final SortedMap<String, Object> facts;
  private final SortedMap<String, Object> sealed;
  private final List<Tag> tags;
  private final @Nullable String subject;

  private Entry(
      Kind kind,
      SortedMap<String, Object> facts,
      SortedMap<String, Object> sealed,
      List<Tag> tags,
      @Nullable String subject) {
    this.kind = kind;
    this.facts = facts;
    this.sealed = sealed;
    this.tags = tags;
    this.subject = subject;
  }

  public static Entry of(Kind kind) {
    return new Entry(kind, new TreeMap<>(), new TreeMap<>(), List.of(), null);
  }

  /// Adds a fact that everybody may read.
  ///
  /// @param value a string, number, boolean, enum constant or a collection or map of these
  /// @throws IllegalArgumentException if it holds an id that stands for a person
  public Entry fact(String name, Object value) {
    refusePseudonym(name, value);
    SortedMap<String, Object> more = new TreeMap<>(facts);
    more.put(name, plain(value));
    return new Entry(kind, more, sealed, tags, subject);
  }

  /// Adds a fact that goes into the log as a commitment only.
  public Entry sealed(String name, Object value) {
    SortedMap<String, Object> more = new TreeMap<>(sealed);
    more.put(name, plain(value));
    return new Entry(kind, facts, more, tags, subject);
  }

  /// Adds a sealed fact if there is one.
  public Entry sealed(String name, Optional<?> value) {
    return value.isPresent() ? sealed(name, value.get()) : this;
  }

  /// Says whom the entry is about: sealed, and findable in the database until it is forgotten.
  public Entry about(String subject) {
    return new Entry(kind, facts, sealed, tags, subject).sealed("subject", subject);
  }

  public Entry tag(Tag tag) {
    List<Tag> more = new ArrayList<>(tags);
    more.add(tag);
    return new Entry(kind, facts, sealed, List.copyOf(more), subject);
  }

  public Kind kind() {
    return kind;
  }

  Map<String, Object> facts() {
    return facts;
  }

  Map<String, Object> sealedFacts() {
    return sealed;
  }

  List<Tag> tags() {
    return tags;
  }

  Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  private static Object plain(Object value) {
    return switch (value) {
      case String s -> s;
      case Boolean b -> b;
      case Integer n -> n;
      case Long n -> n;
      case Double n -> n;
      case Collection<?> c -> c.stream().map(Entry::plain).toList();
      case Map<?, ?> m -> {
        SortedMap<String, Object> sorted = new TreeMap<>();
        m.forEach((k, v) -> sorted.put(k.toString(), plain(v)));
        yield sorted;
      }
      case Enum<?> e -> e.name();
      default -> value.toString();
    };
  }

  private static void refusePseudonym(String name, Object value) {
    String text = plain(value).toString();
    if (PSEUDONYM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "fact `%s` of a log entry names a person: seal it".formatted(name));
    }
  }
}
