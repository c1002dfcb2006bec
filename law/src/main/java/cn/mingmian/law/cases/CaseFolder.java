package cn.mingmian.law.cases;

import cn.mingmian.law.Outcome;
import cn.mingmian.law.deadlines.Clock;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.law.rules.DutyKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a folder of cases from its files' bytes. `base/NAME.json` is one situation; every other
/// `*.json` is an array of cases, each a merge patch on a base or a clock case.
public final class CaseFolder {
  private static final Set<String> DECISION_CASE = Set.of("id", "base", "patch", "expect", "why");
  private static final Set<String> CLOCK_CASE =
      Set.of("id", "deadline", "from", "event", "expect", "why");
  private static final Set<String> EXPECTED =
      Set.of("outcome", "cites", "notCites", "duties", "notDuties", "due", "why");

  private final SortedMap<String, Json> bases = new TreeMap<>();
  private final List<Case> cases = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private CaseFolder() {}

  /// @param files  by their path inside the folder, such as `gates.json` or `base/gate.json`; what
  ///     does not end in `.json` is left aside
  /// @return every case, by file; one that cannot be read is there as [Case.Unreadable]
  public static List<Case> read(Map<String, byte[]> files) {
    CaseFolder folder = new CaseFolder();
    SortedMap<String, byte[]> sorted = new TreeMap<>();
    files.forEach((path, bytes) -> sorted.put(path.replace('\\', '/'), bytes));
    sorted.forEach(
        (path, bytes) -> {
          if (path.startsWith("base/") && path.endsWith(".json")) folder.readBase(path, bytes);
        });
    sorted.forEach(
        (path, bytes) -> {
          if (!path.startsWith("base/") && path.endsWith(".json")) folder.readFile(path, bytes);
        });
    return List.copyOf(folder.cases);
  }

  private void readBase(String path, byte[] bytes) {
    String name = path.substring("base/".length(), path.length() - ".json".length());
    try {
      Json base = Json.parse(bytes);
      FactsReader.read(Json.write(base));
      bases.put(name, base);
    } catch (MalformedFactsException e) {
      cases.add(new Case.Unreadable(path, name, String.valueOf(e.getMessage())));
    }
  }

  private void readFile(String path, byte[] bytes) {
    Json json;
    try {
      json = Json.parse(bytes);
    } catch (MalformedFactsException e) {
      cases.add(new Case.Unreadable(path, path, String.valueOf(e.getMessage())));
      return;
    }
    if (!(json instanceof Json.Arr(List<Json> elements))) {
      cases.add(new Case.Unreadable(path, path, "expected a list of cases"));
      return;
    }
    for (int i = 0; i < elements.size(); i++) {
      String id = "no. " + (i + 1);
      try {
        Map<String, Json> members = object(elements.get(i), "/" + i);
        id = text(members, "id", "/" + i);
        if (!ids.add(id)) {
          throw new MalformedFactsException(
              "/" + i + "/id", "an id of its own", "`" + id + "` again");
        }
        cases.add(
            members.containsKey("deadline")
                ? clock(path, id, members, "/" + i)
                : decision(path, id, members, "/" + i));
      } catch (MalformedFactsException e) {
        cases.add(new Case.Unreadable(path, id, String.valueOf(e.getMessage())));
      }
    }
  }

  private Case decision(String path, String id, Map<String, Json> members, String at) {
    onlyKnown(members, DECISION_CASE, at);
    String name = text(members, "base", at);
    Json base = bases.get(name);
    if (base == null) {
      throw new MalformedFactsException(at + "/base", "one of " + bases.keySet(), "`" + name + "`");
    }
    Json patch = members.getOrDefault("patch", new Json.Obj(Map.of()));
    Facts facts = FactsReader.read(Json.write(Json.patched(base, patch)));
    Map<String, Json> expected = object(required(members, "expect", at), at + "/expect");
    at += "/expect";
    onlyKnown(expected, EXPECTED, at);
    return new Case.OfDecision(
        path,
        id,
        facts,
        one(Outcome.class, text(expected, "outcome", at), at + "/outcome"),
        texts(expected, "cites", at),
        texts(expected, "notCites", at),
        kinds(expected, "duties", at),
        kinds(expected, "notDuties", at),
        dues(expected, at));
  }

  private static Case clock(String path, String id, Map<String, Json> members, String at) {
    onlyKnown(members, CLOCK_CASE, at);
    Optional<Clock.Event> event =
        members.containsKey("event")
            ? Optional.of(one(Clock.Event.class, text(members, "event", at), at + "/event"))
            : Optional.empty();
    Map<String, Json> expected = object(required(members, "expect", at), at + "/expect");
    onlyKnown(expected, Set.of("due", "why"), at + "/expect");
    return new Case.OfClock(
        path,
        id,
        text(members, "deadline", at),
        event,
        text(members, "from", at),
        text(expected, "due", at + "/expect"));
  }

  private static Map<DutyKind, String> dues(Map<String, Json> expected, String at) {
    Map<DutyKind, String> dues = new LinkedHashMap<>();
    Json due = expected.get("due");
    if (due == null) return dues;
    Map<String, Json> members = object(due, at + "/due");
    for (String kind : members.keySet()) {
      dues.put(one(DutyKind.class, kind, at + "/due"), text(members, kind, at + "/due"));
    }
    return dues;
  }

  private static List<DutyKind> kinds(Map<String, Json> members, String name, String at) {
    return texts(members, name, at).stream()
        .map(kind -> one(DutyKind.class, kind, at + "/" + name))
        .toList();
  }

  private static List<String> texts(Map<String, Json> members, String name, String at) {
    Json list = members.get(name);
    if (list == null) return List.of();
    if (!(list instanceof Json.Arr(List<Json> elements))) {
      throw new MalformedFactsException(at + "/" + name, "a list of texts", shown(list));
    }
    List<String> texts = new ArrayList<>();
    for (Json element : elements) {
      if (!(element instanceof Json.Str(String text))) {
        throw new MalformedFactsException(at + "/" + name, "a list of texts", shown(element));
      }
      texts.add(text);
    }
    return texts;
  }

  private static String text(Map<String, Json> members, String name, String at) {
    if (required(members, name, at) instanceof Json.Str(String text)) return text;
    throw new MalformedFactsException(at + "/" + name, "a text", shown(members.get(name)));
  }

  private static Json required(Map<String, Json> members, String name, String at) {
    Json member = members.get(name);
    if (member == null) {
      throw new MalformedFactsException(at + "/" + name, "something", "nothing");
    }
    return member;
  }

  private static Map<String, Json> object(Json json, String at) {
    if (json instanceof Json.Obj(Map<String, Json> members)) return members;
    throw new MalformedFactsException(at, "an object", shown(json));
  }

  private static void onlyKnown(Map<String, Json> members, Set<String> known, String at) {
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        throw new MalformedFactsException(
            at + "/" + name,
            "one of " + known.stream().sorted().toList(),
            "unknown `" + name + "`");
      }
    }
  }

  private static <E extends Enum<E>> E one(Class<E> type, String name, String at) {
    for (E value : type.getEnumConstants()) if (value.name().equals(name)) return value;
    throw new MalformedFactsException(
        at, "one of " + Arrays.toString(type.getEnumConstants()), "`" + name + "`");
  }

  private static String shown(@Nullable Json json) {
    if (json == null) return "nothing";
    String text = Json.write(json);
    return '`' + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + '`';
  }
}
