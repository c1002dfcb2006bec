package cn.mingmian.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What appending entries to a snapshot makes of its files: bundles and tiles to write, and the
/// partial ones that they outgrow. In memory only. One thread at a time.
final class Growth {
  private final Snapshot before;
  private final Merkle merkle = new Merkle();
  private final List<byte[]> edgeEntries;
  private final List<ByteArrayOutputStream> edgeHashes = new ArrayList<>();
  private final Map<LogPath, byte[]> fullBundles = new LinkedHashMap<>();
  private final Map<LogPath, byte[]> fullTiles = new LinkedHashMap<>();
  private long size;

  Growth(Snapshot before) {
    this.before = before;
    this.size = before.size();
    this.edgeEntries = new ArrayList<>(before.edgeEntries());
    for (byte[] hashes : before.edgeHashes()) {
      ByteArrayOutputStream edge = new ByteArrayOutputStream();
      edge.writeBytes(hashes);
      edgeHashes.add(edge);
    }
  }

  void add(byte[] entry) {
    edgeEntries.add(entry);
    if (edgeEntries.size() == LogPath.FULL) {
      fullBundles.put(
          new LogPath.EntryBundle(size / LogPath.FULL, LogPath.FULL), Bundle.write(edgeEntries));
      edgeEntries.clear();
    }
    size++;
    addHash(0, merkle.leaf(entry));
  }

  private void addHash(int level, byte[] hash) {
    if (level == edgeHashes.size()) {
      edgeHashes.add(new ByteArrayOutputStream());
    }
    ByteArrayOutputStream edge = edgeHashes.get(level);
    edge.writeBytes(hash);
    if (edge.size() == LogPath.FULL * Hash.BYTES) {
      byte[] tile = edge.toByteArray();
      edge.reset();
      long index = Snapshot.hashesAt(level, size) / LogPath.FULL - 1;
      fullTiles.put(new LogPath.HashTile(level, index, LogPath.FULL), tile);
      addHash(level + 1, merkle.reduce(tile, 0, LogPath.FULL));
    }
  }

  long size() {
    return size;
  }

  Hash root() {
    return Snapshot.root(merkle, edgeHashes());
  }

  List<byte[]> edgeEntries() {
    return edgeEntries;
  }

  List<byte[]> edgeHashes() {
    return edgeHashes.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  /// Bundles that are new or wider than before.
  Map<LogPath, byte[]> bundles() {
    Map<LogPath, byte[]> bundles = new LinkedHashMap<>(fullBundles);
    if (!edgeEntries.isEmpty()) {
      bundles.put(
          new LogPath.EntryBundle(size / LogPath.FULL, edgeEntries.size()),
          Bundle.write(edgeEntries));
    }
    return bundles;
  }

  /// Tiles that are new or wider than before.
  Map<LogPath, byte[]> tiles() {
    Map<LogPath, byte[]> tiles = new LinkedHashMap<>(fullTiles);
    for (int level = 0; level < edgeHashes.size(); level++) {
      long hashes = Snapshot.hashesAt(level, size);
      int width = (int) (hashes % LogPath.FULL);
      if (width > 0 && hashes != Snapshot.hashesAt(level, before.size())) {
        tiles.put(
            new LogPath.HashTile(level, hashes / LogPath.FULL, width),
            edgeHashes.get(level).toByteArray());
      }
    }
    return tiles;
  }

  /// Partial files of the snapshot that wider ones replace.
  List<LogPath> outgrown() {
    return partials(before.size()).stream().filter(path -> !partials(size).contains(path)).toList();
  }

  /// The partial files of a log of `size` entries.
  static List<LogPath> partials(long size) {
    List<LogPath> partials = new ArrayList<>();
    int width = (int) (size % LogPath.FULL);
    if (width > 0) {
      partials.add(new LogPath.EntryBundle(size / LogPath.FULL, width));
    }
    for (int level = 0; level < Snapshot.levels(size); level++) {
      long hashes = Snapshot.hashesAt(level, size);
      int hashWidth = (int) (hashes % LogPath.FULL);
      if (hashWidth > 0) {
        partials.add(new LogPath.HashTile(level, hashes / LogPath.FULL, hashWidth));
      }
    }
    return partials;
  }
}
