package cn.mingmian.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opening a log after whatever happened: find the last checkpoint, check that the right edge of
/// the tree leads to it, remove what lies beyond. One thread at a time.
///
/// An append makes bundles durable, then tiles, then the checkpoint. So whenever it is cut short,
/// the files of the checkpoint that is found are whole, and those beyond it belong to entries that
/// nobody was told of.
final class Recovery {
  private final Path directory;
  private final Disk disk;
  private final Merkle merkle = new Merkle();

  Recovery(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  /// Empty if no log was ever begun here.
  Optional<Snapshot> lastCheckpoint(VerifierKey key) throws IOException {
    disk.deleteIfExists(directory.resolve("checkpoint.new"));
    byte[] note;
    try {
      note = Files.readAllBytes(directory.resolve("checkpoint"));
    } catch (NoSuchFileException e) {
      if (Files.exists(directory.resolve("tile"))) {
        throw damaged("there are tiles but no checkpoint");
      }
      return Optional.empty();
    }
    SignedCheckpoint checkpoint;
    try {
      checkpoint = SignedCheckpoint.parse(note);
    } catch (MalformedNoteException e) {
      throw damaged("its checkpoint cannot be read: " + e.what());
    }
    if (checkpoint.note().verify(List.of(key)) instanceof SignedNote.NotSigned not) {
      throw damaged("its checkpoint is not signed by key `%s`: %s".formatted(key, not.why()));
    }
    if (!checkpoint.checkpoint().origin().equals(key.name())) {
      throw damaged(
          "it is log `%s`, expected `%s`".formatted(checkpoint.checkpoint().origin(), key.name()));
    }
    return Optional.of(rightEdge(checkpoint));
  }

  private Snapshot rightEdge(SignedCheckpoint checkpoint) throws IOException {
    long size = checkpoint.size();
    List<byte[]> edgeHashes = new ArrayList<>();
    for (int level = 0; level < Snapshot.levels(size); level++) {
      edgeHashes.add(partialTile(level, Snapshot.hashesAt(level, size)));
    }
    Hash root = Snapshot.root(merkle, edgeHashes);
    if (!root.equals(checkpoint.checkpoint().root())) {
      throw damaged(
          "the last tiles lead to root `%s`, the checkpoint of %d entries says `%s`"
              .formatted(root, size, checkpoint.checkpoint().root()));
    }
    int width = (int) (size % LogPath.FULL);
    List<byte[]> entries = List.of();
    if (width > 0) {
      LogPath path = new LogPath.EntryBundle(size / LogPath.FULL, width);
      Bundle.Reading reading = Bundle.read(read(path), width);
      entries = reading.entries();
      if (entries.size() != width || reading.rest() != 0) {
        throw damaged(
            "`%s` holds %d whole entries and %d bytes more, expected %d and 0"
                .formatted(path.text(), entries.size(), reading.rest(), width));
      }
      for (int i = 0; i < width; i++) {
        if (!Hash.of(merkle.leaf(entries.get(i))).equals(Hash.at(edgeHashes.getFirst(), i))) {
          throw damaged("entry %d was changed".formatted(size - width + i));
        }
      }
    }
    return new Snapshot(checkpoint, entries, edgeHashes);
  }

  private byte[] partialTile(int level, long hashes) throws IOException {
    int width = (int) (hashes % LogPath.FULL);
    if (width == 0) {
      return new byte[0];
    }
    LogPath path = new LogPath.HashTile(level, hashes / LogPath.FULL, width);
    byte[] tile = read(path);
    if (tile.length != width * Hash.BYTES) {
      throw damaged(
          "`%s` has %d bytes, expected %d".formatted(path.text(), tile.length, width * Hash.BYTES));
    }
    return tile;
  }

  private byte[] read(LogPath path) throws IOException {
    try {
      return Files.readAllBytes(directory.resolve(path.text()));
    } catch (NoSuchFileException e) {
      throw damaged("`%s` is missing".formatted(path.text()));
    }
  }

  private LogDamagedException damaged(String what) {
    return new LogDamagedException(directory, what);
  }

  /// Removes bundles and tiles that a cut-short append left beyond `size` entries, and partial
  /// files that the last one had outgrown.
  void removeBeyond(long size) throws IOException {
    Path tiles = directory.resolve("tile");
    removeBeyond(tiles.resolve("entries"), size);
    for (int level = 0; level < 8; level++) {
      removeBeyond(tiles.resolve(Integer.toString(level)), Snapshot.hashesAt(level, size));
    }
  }

  private void removeBeyond(Path level, long count) throws IOException {
    if (!Files.isDirectory(level)) {
      return;
    }
    long edge = count / LogPath.FULL;
    removePartials(level, edge, (int) (count % LogPath.FULL));
    disk.deleteIfExists(level.resolve(LogPath.groups(edge)));
    for (long beyond = edge + 1; ; beyond++) {
      Path full = level.resolve(LogPath.groups(beyond));
      if (!Files.exists(full) && !Files.exists(partialsOf(full))) {
        break;
      }
      disk.deleteIfExists(full);
      removePartials(level, beyond, 0);
    }
    // What the last append outgrew lies close to the edge.
    for (long index = edge - 1; index >= 0 && index >= edge - 1000; index--) {
      removePartials(level, index, 0);
    }
  }

  private static Path partialsOf(Path full) {
    return full.resolveSibling(full.getFileName() + ".p");
  }

  private void removePartials(Path level, long index, int keptWidth) throws IOException {
    Path partials = partialsOf(level.resolve(LogPath.groups(index)));
    if (!Files.isDirectory(partials)) {
      return;
    }
    String kept = Integer.toString(keptWidth);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(partials)) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(kept)) {
          disk.deleteIfExists(file);
        }
      }
    }
    if (keptWidth == 0) {
      disk.deleteIfExists(partials);
    }
  }
}
