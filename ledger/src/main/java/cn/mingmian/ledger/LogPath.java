package cn.mingmian.ledger;

import java.util.Optional;

/// The name of one resource of a log, as C2SP tlog-tiles writes it: `checkpoint`,
/// `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`. Immutable.
///
/// `N` comes in groups of three digits, all but the last behind an `x`: 1234067 is
/// `x001/x234/067`.
sealed interface LogPath {
  /// Hashes of a full tile, and entries of a full bundle.
  int FULL = 256;

  /// The text form that [#parse] reads back.
  String text();

  record CheckpointFile() implements LogPath {
    @Override
    public String text() {
      return "checkpoint";
    }
  }

  /// @param level 0 for leaf hashes, up to 63
  /// @param index position of the tile in its level
  /// @param width hashes in it, 1 to 256; below 256 the tile is partial
  record HashTile(int level, long index, int width) implements LogPath {
    public HashTile {
      if (level < 0 || level > 63) {
        throw new IllegalArgumentException("tile level is 0 to 63, not `%d`".formatted(level));
      }
      checkPosition(index, width);
    }

    @Override
    public String text() {
      return "tile/" + level + "/" + position(index, width);
    }
  }

  /// @param index position of the bundle; its first entry is `index * 256`
  /// @param width entries in it, 1 to 256; below 256 the bundle is partial
  record EntryBundle(long index, int width) implements LogPath {
    public EntryBundle {
      checkPosition(index, width);
    }

    @Override
    public String text() {
      return "tile/entries/" + position(index, width);
    }
  }

  private static void checkPosition(long index, int width) {
    if (index < 0) {
      throw new IllegalArgumentException("tile index is 0 or more, not `%d`".formatted(index));
    }
    if (width < 1 || width > FULL) {
      throw new IllegalArgumentException("tile width is 1 to 256, not `%d`".formatted(width));
    }
  }

  private static String position(long index, int width) {
    String groups = groups(index);
    return width == FULL ? groups : groups + ".p/" + width;
  }

  /// `x001/x234/067` for 1234067.
  static String groups(long index) {
    StringBuilder text = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      text.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return text.toString();
  }

  /// Reads a path strictly: exactly what [#text] writes, nothing else. A partial tile of width
  /// 256 does not exist, nor do leading zeroes, signs, dots or empty elements.
  static Optional<LogPath> parse(String text) {
    if (text.equals("checkpoint")) {
      return Optional.of(new CheckpointFile());
    }
    if (!text.startsWith("tile/") || text.length() > 128) {
      return Optional.empty();
    }
    String rest = text.substring("tile/".length());
    int slash = rest.indexOf('/');
    if (slash < 1) {
      return Optional.empty();
    }
    String kind = rest.substring(0, slash);
    String position = rest.substring(slash + 1);

    int width = FULL;
    int partial = position.indexOf(".p/");
    if (partial >= 0) {
      width = decimal(position.substring(partial + 3), FULL - 1);
      if (width < 1) {
        return Optional.empty();
      }
      position = position.substring(0, partial);
    }
    long index = index(position);
    if (index < 0) {
      return Optional.empty();
    }
    if (kind.equals("entries")) {
      return Optional.of(new EntryBundle(index, width));
    }
    int level = decimal(kind, 63);
    return level < 0 ? Optional.empty() : Optional.of(new HashTile(level, index, width));
  }

  /// -1 unless `text` is the shortest decimal of a number from 0 to `most`.
  private static int decimal(String text, int most) {
    if (text.isEmpty() || text.length() > 3 || !digits(text)) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value > most || !Integer.toString(value).equals(text) ? -1 : value;
  }

  /// -1 unless `text` is what [#groups] writes.
  private static long index(String text) {
    String[] groups = text.split("/", -1);
    // Six groups hold 10^18 - 1, which is below the largest long.
    if (groups.length > 6) {
      return -1;
    }
    long index = 0;
    for (int i = 0; i < groups.length; i++) {
      String group = groups[i];
      boolean last = i == groups.length - 1;
      if (!last) {
        if (!group.startsWith("x")) {
          return -1;
        }
        group = group.substring(1);
      }
      if (group.length() != 3 || !digits(group)) {
        return -1;
      }
      index = index * 1000 + Integer.parseInt(group);
    }
    return groups(index).equals(text) ? index : -1;
  }

  private static boolean digits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
