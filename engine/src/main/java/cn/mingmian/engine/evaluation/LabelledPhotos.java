package cn.mingmian.engine.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A folder with `images/<person>/*` and, when there is one, a list of pairs. Immutable.
///
/// @param photos in order of path
/// @param pairs  from `pairs.tsv`: `path TAB path TAB 1|0`, paths below `images`; empty without it
public record LabelledPhotos(Path folder, List<LabelledPhoto> photos, List<Pair> pairs) {
  private static final int MOST_PHOTOS = 1_000_000;
  private static final int MOST_PAIRS = 50_000_000;

  public LabelledPhotos {
    photos = List.copyOf(photos);
    pairs = List.copyOf(pairs);
  }

  /// @param path   below the `images` folder
  /// @param person number of the person, from 0
  public record LabelledPhoto(Path file, String path, int person) {
    /// Name of the folder that holds the person's photos.
    String personName() {
      return path.substring(0, path.indexOf('/'));
    }
  }

  /// Positions in the list of photos.
  public record Pair(int first, int second, boolean samePerson) {}

  /// Number of different persons.
  public int people() {
    return photos.stream().mapToInt(LabelledPhoto::person).max().orElse(-1) + 1;
  }

  /// Number of each person by the name of the folder.
  Map<String, Integer> personsByName() {
    Map<String, Integer> numbers = new HashMap<>();
    for (LabelledPhoto photo : photos) numbers.put(photo.personName(), photo.person());
    return numbers;
  }

  /// With the folder's own `pairs.tsv`, if it has one.
  ///
  /// @throws UnreadableSetException naming the file and line that is not as it should be
  public static LabelledPhotos read(Path folder) {
    return read(folder, folder.resolve("pairs.tsv"));
  }

  /// With another list of pairs; none if it is not there.
  public static LabelledPhotos read(Path folder, Path list) {
    Path images = folder.resolve("images");
    if (!Files.isDirectory(images)) {
      throw new UnreadableSetException(
          "`%s` has no folder `images` with one folder a person".formatted(folder));
    }
    try {
      List<LabelledPhoto> photos = new ArrayList<>();
      int person = 0;
      for (Path of : sorted(images)) {
        if (!Files.isDirectory(of)) continue;
        int before = photos.size();
        for (Path file : sorted(of)) {
          if (!photo(file)) continue;
          photos.add(new LabelledPhoto(file, of.getFileName() + "/" + file.getFileName(), person));
          if (photos.size() > MOST_PHOTOS) {
            throw new UnreadableSetException(
                "`%s` has more than %d photos".formatted(folder, MOST_PHOTOS));
          }
        }
        if (photos.size() > before) person++;
      }
      if (person < 2) {
        throw new UnreadableSetException(
            "`%s` has photos of %d people, expected 2 or more".formatted(images, person));
      }
      return new LabelledPhotos(folder, photos, pairs(list, photos));
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(folder), e);
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  static boolean photo(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg")
        || name.endsWith(".jpeg")
        || name.endsWith(".png")
        || name.endsWith(".bmp")
        || name.endsWith(".webp");
  }

  private static List<Pair> pairs(Path list, List<LabelledPhoto> photos) {
    if (!Files.exists(list)) return List.of();
    Map<String, Integer> byPath = new HashMap<>();
    for (int i = 0; i < photos.size(); i++) byPath.put(photos.get(i).path(), i);
    List<Pair> pairs = new ArrayList<>();
    try (var lines = Files.lines(list)) {
      int number = 0;
      for (String line : (Iterable<String>) lines::iterator) {
        number++;
        if (line.isBlank()) continue;
        String[] columns = line.split("\t", -1);
        if (columns.length != 3 || !(columns[2].equals("1") || columns[2].equals("0"))) {
          throw new UnreadableSetException(
              "line %d of `%s`: expected `path TAB path TAB 1|0`".formatted(number, list));
        }
        Integer first = byPath.get(columns[0]);
        Integer second = byPath.get(columns[1]);
        if (first == null || second == null) {
          throw new UnreadableSetException(
              "line %d of `%s` names `%s`, which is not below `images`"
                  .formatted(number, list, first == null ? columns[0] : columns[1]));
        }
        pairs.add(new Pair(first, second, columns[2].equals("1")));
        if (pairs.size() > MOST_PAIRS)
          throw new UnreadableSetException(
              "`%s` has more than %d pairs".formatted(list, MOST_PAIRS));
      }
    } catch (UncheckedIOException e) {
      // What the stream of lines throws; bytes that are no text are the common case.
      throw new UnreadableSetException(
          "`%s` cannot be read as UTF-8 text: %s".formatted(list, e.getCause()));
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(list), e);
    }
    return pairs;
  }

  /// The folder is not laid out as an evaluation needs it.
  public static final class UnreadableSetException extends RuntimeException {
    UnreadableSetException(String message) {
      super(message);
    }
  }
}
