package cn.mingmian.ledger;

import cn.mingmian.ledger.LogReport.Finding;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Checks a whole log offline, trusting nothing but the key: every entry is hashed again, every
/// tile compared, the root held against the signed checkpoint. Works on a copy, on a medium that
/// cannot be written, and on a log that is being appended to. One use, one thread.
///
/// Two trees grow side by side: one from the entries, one from the leaf hashes that the tiles
/// keep. The signed root tells which of them is the true one, so a difference between an entry
/// and its tile can be laid at the right door.
public final class LogVerifier {
  /// The check stops here.
  public static final int MOST_FINDINGS = 100;

  private static final int MOST_LOOKS = 50;

  /// For one file of a log that is being written, on a busy machine.
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  private final Path directory;
  private byte[] began = {};
  private final Merkle merkle = new Merkle();
  private final Frontier fromEntries = new Frontier(merkle);
  private final Frontier fromTiles = new Frontier(merkle);
  private final List<Level> levels = new ArrayList<>();

  /// Files that are missing, cut off or too long: wrong whatever the trees say.
  private final List<Finding> broken = new ArrayList<>();

  /// Places where a bundle and its tile disagree.
  private final List<Difference> differences = new ArrayList<>();

  /// @param entry the first entry of the bundle that hashes otherwise than its tile says
  /// @param width entries of that bundle
  /// @param more others in it
  private record Difference(long entry, int width, int more, Hash tile, Hash rehashed) {
    String bundleFile() {
      return new LogPath.EntryBundle(entry / LogPath.FULL, width).text();
    }

    String tileFile() {
      return new LogPath.HashTile(0, entry / LogPath.FULL, width).text();
    }
  }

  private LogVerifier(Path directory) {
    this.directory = directory;
  }

  /// @param directory of the log, the one with the file `checkpoint`
  /// @param key the log's, received on another way than the log
  public static LogReport verify(Path directory, VerifierKey key) {
    return new LogVerifier(directory).verify(key, Optional.empty());
  }

  /// Checks also that the log continues what it was when `earlier` was signed: nothing below was
  /// changed, removed or put between.
  ///
  /// @param earlier a checkpoint file that was kept from an earlier visit
  public static LogReport verify(Path directory, VerifierKey key, byte[] earlier) {
    return new LogVerifier(directory).verify(key, Optional.of(earlier));
  }

  private LogReport verify(VerifierKey key, Optional<byte[]> earlierNote) {
    SignedCheckpoint signed;
    Optional<Checkpoint> earlier = Optional.empty();
    try {
      byte[] file = Files.readAllBytes(directory.resolve("checkpoint"));
      began = file;
      signed = signed("checkpoint", file, key);
      if (earlierNote.isPresent()) {
        earlier =
            Optional.of(signed("the earlier checkpoint", earlierNote.get(), key).checkpoint());
      }
    } catch (Unsigned e) {
      return new LogReport.Damaged(List.of(e.finding), Optional.empty());
    } catch (IOException e) {
      return new LogReport.Damaged(
          List.of(
              new Finding(
                  "checkpoint",
                  Optional.empty(),
                  "cannot be read",
                  "a signed checkpoint in `%s`".formatted(directory),
                  e.toString())),
          Optional.empty());
    }

    Checkpoint checkpoint = signed.checkpoint();
    Optional<Hash> rootThen = rehash(checkpoint.size(), earlier.map(Checkpoint::size));
    List<Finding> findings = new ArrayList<>(broken);
    findings.addAll(judge(checkpoint));
    earlier.ifPresent(then -> findings.addAll(continues(then, checkpoint, rootThen)));
    findings.sort((a, b) -> Long.compare(order(a), order(b)));
    return findings.isEmpty()
        ? new LogReport.Intact(signed, earlier)
        : new LogReport.Damaged(
            findings.subList(0, Math.min(findings.size(), MOST_FINDINGS)), Optional.of(checkpoint));
  }

  private static long order(Finding finding) {
    return finding.entry().orElse(Long.MAX_VALUE);
  }

  /// A checkpoint that the key did not sign.
  private static final class Unsigned extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    Unsigned(String where, String what, String expected, String found) {
      super(what);
      finding = new Finding(where, Optional.empty(), what, expected, found);
    }
  }

  private static SignedCheckpoint signed(String where, byte[] file, VerifierKey key)
      throws Unsigned {
    SignedCheckpoint checkpoint;
    try {
      checkpoint = SignedCheckpoint.parse(file);
    } catch (MalformedNoteException e) {
      throw new Unsigned(where, "is no signed checkpoint", "a signed note", e.what());
    }
    if (key.isWitness()) {
      throw new Unsigned(
          where, "cannot be held against a witness's key", "the log's own key", key.toString());
    }
    if (checkpoint.note().verify(List.of(key)) instanceof SignedNote.NotSigned not) {
      throw new Unsigned(
          where, "is not signed by the log", "a signature of `%s`".formatted(key), not.why());
    }
    if (!checkpoint.checkpoint().origin().equals(key.name())) {
      throw new Unsigned(
          where,
          "is of another log",
          "origin `%s`".formatted(key.name()),
          "origin `%s`".formatted(checkpoint.checkpoint().origin()));
    }
    return checkpoint;
  }

  /// @return the root at `earlierSize`, if that was passed on the way
  private Optional<Hash> rehash(long size, Optional<Long> earlierSize) {
    Optional<Hash> rootThen = Optional.empty();
    for (int level = 1; level < Snapshot.levels(size); level++) {
      levels.add(new Level(level, Snapshot.hashesAt(level, size)));
    }
    for (long first = 0; first < size && broken.size() < MOST_FINDINGS; first += LogPath.FULL) {
      long index = first / LogPath.FULL;
      int width = (int) Math.min(LogPath.FULL, size - first);
      byte[][] stored = tile(0, index, width);
      List<byte[]> entries = bundle(index, width);
      byte[][] rehashed = new byte[width][];
      int differing = 0;
      int firstDiffering = -1;
      for (int i = 0; i < width; i++) {
        // What cannot be read is already a finding; the other side stands in for it, so that
        // the rest of the log can still be judged.
        byte[] leaf = i < entries.size() ? merkle.leaf(entries.get(i)) : null;
        byte[] kept = i < stored.length ? stored[i] : null;
        rehashed[i] = leaf != null ? leaf : kept != null ? kept : new byte[Hash.BYTES];
        byte[] trusted = kept != null ? kept : rehashed[i];
        if (leaf != null && kept != null && !Arrays.equals(leaf, kept)) {
          firstDiffering = differing == 0 ? i : firstDiffering;
          differing++;
        }
        if (earlierSize.isPresent() && earlierSize.get() == first + i) {
          rootThen = Optional.of(fromEntries.root());
        }
        fromEntries.add(rehashed[i]);
        fromTiles.add(trusted);
        if (i == width - 1 && differing > 0 && differences.size() < MOST_FINDINGS) {
          differences.add(
              new Difference(
                  first + firstDiffering,
                  width,
                  differing - 1,
                  Hash.of(stored[firstDiffering]),
                  Hash.of(rehashed[firstDiffering])));
        }
      }
      if (width == LogPath.FULL) {
        add(1, root(rehashed), stored.length == width ? root(stored) : root(rehashed));
      }
    }
    if (earlierSize.isPresent() && earlierSize.get() == size) {
      rootThen = Optional.of(fromEntries.root());
    }
    levels.forEach(Level::finish);
    return rootThen;
  }

  private byte[] root(byte[][] hashes) {
    byte[][] row = hashes;
    while (row.length > 1) {
      byte[][] above = new byte[row.length / 2][];
      for (int i = 0; i < above.length; i++) {
        above[i] = merkle.node(row[2 * i], row[2 * i + 1]);
      }
      row = above;
    }
    return row[0];
  }

  private void add(int level, byte[] fromBelow, byte[] fromStored) {
    if (level <= levels.size()) {
      levels.get(level - 1).add(fromBelow, fromStored);
    }
  }

  /// One level of tiles above the leaves, compared as the hashes below it become known.
  private final class Level {
    private final int level;
    private final long hashes;
    private final List<byte[]> fromBelow = new ArrayList<>();
    private final List<byte[]> fromStored = new ArrayList<>();
    private long index;

    Level(int level, long hashes) {
      this.level = level;
      this.hashes = hashes;
    }

    void add(byte[] below, byte[] stored) {
      fromBelow.add(below);
      fromStored.add(stored);
      if (fromBelow.size() == LogPath.FULL) {
        compare();
      }
    }

    void finish() {
      if (!fromBelow.isEmpty() && broken.size() < MOST_FINDINGS) {
        compare();
      }
    }

    private void compare() {
      int width = (int) Math.min(LogPath.FULL, hashes - index * LogPath.FULL);
      byte[][] stored = tile(level, index, width);
      for (int i = 0; i < stored.length && i < fromBelow.size(); i++) {
        if (!Arrays.equals(stored[i], fromBelow.get(i))
            && !Arrays.equals(stored[i], fromStored.get(i))) {
          broken.add(
              new Finding(
                  new LogPath.HashTile(level, index, width).text(),
                  Optional.of((index * LogPath.FULL + i) << (8 * level)),
                  "hash %d of this tile was changed".formatted(i),
                  Hash.of(fromBelow.get(i)) + " (hashed again from below)",
                  Hash.of(stored[i]).toString()));
          break;
        }
      }
      if (width == LogPath.FULL) {
        byte[] rehashed = root(fromBelow.toArray(byte[][]::new));
        LogVerifier.this.add(level + 1, rehashed, stored.length == width ? root(stored) : rehashed);
      }
      fromBelow.clear();
      fromStored.clear();
      index++;
    }
  }

  /// Who is wrong where entries and tiles disagree, and whether the signed root is theirs.
  private List<Finding> judge(Checkpoint checkpoint) {
    if (broken.size() >= MOST_FINDINGS) {
      return List.of();
    }
    boolean entriesHold = fromEntries.root().equals(checkpoint.root());
    boolean tilesHold = fromTiles.root().equals(checkpoint.root());
    List<Finding> findings = new ArrayList<>();
    for (Difference d : differences) {
      String more = d.more() == 0 ? "" : ", and %d more in this file".formatted(d.more());
      if (entriesHold) {
        findings.add(
            new Finding(
                d.tileFile(),
                Optional.of(d.entry()),
                "hash of entry %d was changed in the tile%s".formatted(d.entry(), more),
                d.rehashed() + " (the entry hashes to it, and leads to the signed root)",
                d.tile().toString()));
      } else if (tilesHold) {
        findings.add(
            new Finding(
                d.bundleFile(),
                Optional.of(d.entry()),
                "entry %d was changed%s".formatted(d.entry(), more),
                "leaf hash " + d.tile() + " (the tile has it, and leads to the signed root)",
                "leaf hash " + d.rehashed()));
      } else {
        findings.add(
            new Finding(
                d.bundleFile(),
                Optional.of(d.entry()),
                "entry %d and its hash in `%s` disagree%s".formatted(d.entry(), d.tileFile(), more),
                "leaf hash " + d.tile() + " (in the tile; neither leads to the signed root)",
                "leaf hash " + d.rehashed()));
      }
    }
    if (!entriesHold && differences.isEmpty() && broken.isEmpty()) {
      findings.add(
          new Finding(
              "checkpoint",
              Optional.empty(),
              "entries and tiles agree with one another but not with what was signed:"
                  + " the log was rewritten",
              "root " + checkpoint.root(),
              "root " + fromEntries.root()));
    }
    return findings;
  }

  private List<Finding> continues(Checkpoint then, Checkpoint now, Optional<Hash> rootThen) {
    if (then.size() > now.size()) {
      return List.of(
          new Finding(
              "checkpoint",
              Optional.empty(),
              "the log has become shorter since the earlier checkpoint",
              "at least %d entries".formatted(then.size()),
              "%d entries".formatted(now.size())));
    }
    if (rootThen.isPresent() && !rootThen.get().equals(then.root())) {
      return List.of(
          new Finding(
              "checkpoint",
              Optional.empty(),
              "the log does not continue the earlier checkpoint: its first %d entries are others"
                  .formatted(then.size()),
              "root " + then.root(),
              "root " + rootThen.get()));
    }
    return List.of();
  }

  /// The hashes of a tile; fewer than `width`, and a finding, if they are not all there.
  private byte[][] tile(int level, long index, int width) {
    LogPath path = new LogPath.HashTile(level, index, width);
    Optional<Read> read =
        read(
            path, index * LogPath.FULL << (8 * level), bytes -> bytes.length >= width * Hash.BYTES);
    if (read.isEmpty()) {
      return new byte[0][];
    }
    byte[] bytes = read.get().bytes;
    int expected = width * Hash.BYTES;
    if (read.get().exact ? bytes.length != expected : bytes.length < expected) {
      broken.add(
          new Finding(
              path.text(),
              Optional.of(index * LogPath.FULL << (8 * level)),
              "has the wrong length",
              "%d bytes".formatted(expected),
              "%d bytes".formatted(bytes.length)));
    }
    byte[][] hashes = new byte[Math.min(width, bytes.length / Hash.BYTES)][];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = Arrays.copyOfRange(bytes, i * Hash.BYTES, (i + 1) * Hash.BYTES);
    }
    return hashes;
  }

  /// The entries of a bundle; fewer than `width`, and a finding, if they are not all there.
  private List<byte[]> bundle(long index, int width) {
    LogPath path = new LogPath.EntryBundle(index, width);
    Optional<Read> read =
        read(
            path,
            index * LogPath.FULL,
            bytes -> Bundle.read(bytes, width).entries().size() == width);
    if (read.isEmpty()) {
      return List.of();
    }
    Bundle.Reading reading = Bundle.read(read.get().bytes, width);
    int whole = reading.entries().size();
    if (whole < width || (read.get().exact && reading.rest() > 0)) {
      broken.add(
          new Finding(
              path.text(),
              Optional.of(index * LogPath.FULL + whole),
              whole < width
                  ? "is cut off or torn at entry %d".formatted(index * LogPath.FULL + whole)
                  : "goes on behind its last entry",
              "%d whole entries".formatted(width),
              "%d whole entries and %d bytes more".formatted(whole, reading.rest())));
    }
    return reading.entries();
  }

  private static final class Read {
    private final byte[] bytes;

    /// Whether this is the very file, not a wider one that begins with it.
    private final boolean exact;

    Read(byte[] bytes, boolean exact) {
      this.bytes = bytes;
      this.exact = exact;
    }
  }

  /// The file, or a wider one that has replaced it since the checkpoint was read. The writer makes
  /// the wider one first, so while one of them is half there or going, the other is whole: look
  /// again.
  private Optional<Read> read(LogPath path, long firstEntry, Predicate<byte[]> longEnough) {
    Path file = directory.resolve(path.text());
    try {
      long patience = System.nanoTime() + LONGEST_LOOK.toNanos();
      for (int look = 0; look < MOST_LOOKS || (moved() && System.nanoTime() < patience); look++) {
        try {
          return Optional.of(new Read(Files.readAllBytes(file), true));
        } catch (NoSuchFileException e) {
          Optional<byte[]> wider = wider(file).filter(longEnough);
          if (wider.isPresent()) {
            return Optional.of(new Read(wider.get(), false));
          }
        }
      }
      broken.add(
          new Finding(
              path.text(), Optional.of(firstEntry), "is missing", "a file", "no such file"));
    } catch (IOException e) {
      broken.add(
          new Finding(
              path.text(), Optional.of(firstEntry), "cannot be read", "a file", e.toString()));
    }
    return Optional.empty();
  }

  /// Whether somebody is writing: the checkpoint is another than when the check began.
  private boolean moved() throws IOException {
    return !Arrays.equals(began, Files.readAllBytes(directory.resolve("checkpoint")));
  }

  private static Optional<byte[]> wider(Path file) throws IOException {
    Path partials = file.getParent();
    if (partials == null || !partials.getFileName().toString().endsWith(".p")) {
      return Optional.empty();
    }
    String name = partials.getFileName().toString();
    Path full = partials.resolveSibling(name.substring(0, name.length() - ".p".length()));
    try {
      if (Files.exists(full)) {
        return Optional.of(Files.readAllBytes(full));
      }
      int wanted = Integer.parseInt(file.getFileName().toString());
      try (DirectoryStream<Path> others = Files.newDirectoryStream(partials, "[0-9]*")) {
        for (Path other : others) {
          String width = other.getFileName().toString();
          if (width.matches("[0-9]{1,3}") && Integer.parseInt(width) > wanted) {
            return Optional.of(Files.readAllBytes(other));
          }
        }
      }
    } catch (NoSuchFileException e) {
      // It was there a moment ago: outgrown in its turn.
      return Optional.empty();
    }
    return Optional.empty();
  }
}
