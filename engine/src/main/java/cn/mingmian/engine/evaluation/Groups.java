package cn.mingmian.engine.evaluation;

import cn.mingmian.engine.evaluation.LabelledPhotos.UnreadableSetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which demographic group each person of a set was labelled with. Immutable.
///
/// @param names    in order of first mention
/// @param ofPerson by the person's folder below `images`: position in `names`
public record Groups(List<String> names, Map<String, Integer> ofPerson) {
  private static final String HEADER = "person,group";
  private static final int MOST_GROUPS = 32;
  private static final int LONGEST_NAME = 60;

  public Groups {
    names = List.copyOf(names);
    ofPerson = Map.copyOf(ofPerson);
  }

  /// Nobody is labelled.
  public static Groups none() {
    return new Groups(List.of(), Map.of());
  }

  /// Reads `person,group` lines, UTF-8, that line itself first. People of the set who are not named
  /// belong to no group.
  ///
  /// @throws UnreadableSetException naming the line that is not as it should be
  public static Groups read(Path file, LabelledPhotos set) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UnreadableSetException("`%s` cannot be read as UTF-8 text: %s".formatted(file, e));
    }
    if (lines.isEmpty() || !lines.getFirst().replace("\uFEFF", "").strip().equals(HEADER)) {
      throw new UnreadableSetException(
          "line 1 of `%s`: expected `%s`, found `%s`"
              .formatted(file, HEADER, lines.isEmpty() ? "" : lines.getFirst()));
    }
    Map<String, Integer> people = set.personsByName();
    List<String> names = new ArrayList<>();
    Map<String, Integer> ofPerson = new HashMap<>();
    for (int number = 2; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (line.isBlank()) continue;
      int comma = line.lastIndexOf(',');
      String person = comma < 0 ? "" : line.substring(0, comma).strip();
      String group = line.substring(comma + 1).strip();
      if (person.isEmpty() || group.isEmpty() || group.length() > LONGEST_NAME) {
        throw wrong(number, file, "expected `PERSON,GROUP`, found `%s`".formatted(line));
      }
      if (!people.containsKey(person)) {
        throw wrong(number, file, "`%s` has no photos below `images`".formatted(person));
      }
      if (!names.contains(group)) names.add(group);
      if (names.size() > MOST_GROUPS) {
        throw wrong(number, file, "more than %d groups".formatted(MOST_GROUPS));
      }
      if (ofPerson.put(person, names.indexOf(group)) != null) {
        throw wrong(number, file, "`%s` is named twice".formatted(person));
      }
    }
    if (names.isEmpty()) throw new UnreadableSetException("`%s` names nobody".formatted(file));
    return new Groups(names, ofPerson);
  }

  private static UnreadableSetException wrong(int line, Path file, String what) {
    return new UnreadableSetException("line %d of `%s`: %s".formatted(line, file, what));
  }

  /// For every photo the position of its group, or -1.
  int[] ofPhotos(LabelledPhotos set) {
    return set.photos().stream()
        .mapToInt(photo -> ofPerson.getOrDefault(photo.personName(), -1))
        .toArray();
  }
}
