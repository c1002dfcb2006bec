package cn.mingmian.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Entries, tiles and proofs of a log as one snapshot has it. One thread at a time, one question
/// or a few: it keeps every tile that it has read.
final class Tiles {
  private final Path directory;
  private final Snapshot snapshot;
  private final Merkle merkle = new Merkle();
  private final Map<LogPath, byte[]> read = new HashMap<>();

  Tiles(Path directory, Snapshot snapshot) {
    this.directory = directory;
    this.snapshot = snapshot;
  }

  /// The first `width` hashes of a tile that has at least so many.
  byte[] tile(int level, long index, int width) {
    if (index == Snapshot.hashesAt(level, snapshot.size()) / LogPath.FULL) {
      return Arrays.copyOf(snapshot.edgeHashes().get(level), width * Hash.BYTES);
    }
    return Arrays.copyOf(fullTile(level, index), width * Hash.BYTES);
  }

  private byte[] fullTile(int level, long index) {
    return read.computeIfAbsent(
        new LogPath.HashTile(level, index, LogPath.FULL),
        path -> {
          byte[] tile = file(path);
          if (tile.length != LogPath.FULL * Hash.BYTES) {
            throw new LogDamagedException(
                directory, "`%s` has %d bytes, expected 8192".formatted(path.text(), tile.length));
          }
          return tile;
        });
  }

  private byte[] file(LogPath path) {
    try {
      return Files.readAllBytes(directory.resolve(path.text()));
    } catch (NoSuchFileException e) {
      throw new LogDamagedException(directory, "`%s` is missing".formatted(path.text()));
    } catch (IOException e) {
      throw new UncheckedIOException("log file `%s`: %s".formatted(path.text(), e), e);
    }
  }

  /// The first `width` entries of a bundle that has at least so many, each held against its hash.
  List<byte[]> bundle(long index, int width) {
    if (index == snapshot.size() / LogPath.FULL) {
      return snapshot.edgeEntries().subList(0, width);
    }
    LogPath path = new LogPath.EntryBundle(index, LogPath.FULL);
    Bundle.Reading reading = Bundle.read(file(path), LogPath.FULL);
    if (reading.entries().size() != LogPath.FULL || reading.rest() != 0) {
      throw new LogDamagedException(
          directory,
          "`%s` holds %d whole entries and %d bytes more, expected 256 and 0"
              .formatted(path.text(), reading.entries().size(), reading.rest()));
    }
    byte[] hashes = fullTile(0, index);
    for (int i = 0; i < width; i++) {
      if (!Hash.of(merkle.leaf(reading.entries().get(i))).equals(Hash.at(hashes, i))) {
        throw new LogDamagedException(
            directory,
            "entry %d does not have the hash that tile `tile/0/%s` says"
                .formatted(index * LogPath.FULL + i, LogPath.groups(index)));
      }
    }
    return reading.entries().subList(0, width);
  }

  /// RFC 6962, section 2.1.1: PATH(index, D[size]).
  List<Hash> inclusion(long index, long size) {
    List<Hash> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return path;
  }

  private void inclusion(long index, long from, long to, List<Hash> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      inclusion(index, from, middle, path);
      path.add(Hash.of(root(middle, to)));
    } else {
      inclusion(index, middle, to, path);
      path.add(Hash.of(root(from, middle)));
    }
  }

  /// RFC 6962, section 2.1.2: PROOF(oldSize, D[newSize]).
  List<Hash> consistency(long oldSize, long newSize) {
    List<Hash> path = new ArrayList<>();
    if (oldSize > 0 && oldSize < newSize) {
      consistency(oldSize, 0, newSize, true, path);
    }
    return path;
  }

  private void consistency(long oldSize, long from, long to, boolean whole, List<Hash> path) {
    if (oldSize == to) {
      if (!whole) {
        path.add(Hash.of(root(from, to)));
      }
      return;
    }
    long middle = from + split(to - from);
    if (oldSize <= middle) {
      consistency(oldSize, from, middle, whole, path);
      path.add(Hash.of(root(middle, to)));
    } else {
      consistency(oldSize, middle, to, false, path);
      path.add(Hash.of(root(from, middle)));
    }
  }

  /// MTH(D[from:to]).
  byte[] root(long from, long to) {
    long entries = to - from;
    if (Long.bitCount(entries) == 1 && from % entries == 0) {
      return subtree(Long.numberOfTrailingZeros(entries), from / entries);
    }
    long middle = from + split(entries);
    return merkle.node(root(from, middle), root(middle, to));
  }

  /// The root of the complete subtree of 2^height entries that is number `index` of its kind.
  private byte[] subtree(int height, long index) {
    int level = height / 8;
    int hashes = 1 << (height % 8);
    long first = index * hashes;
    int position = (int) (first % LogPath.FULL);
    return merkle.reduce(tile(level, first / LogPath.FULL, position + hashes), position, hashes);
  }

  /// The largest power of two below `entries`.
  private static long split(long entries) {
    return Long.highestOneBit(entries - 1);
  }
}
