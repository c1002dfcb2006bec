package cn.mingmian.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Files of one append, on their way to the disk. One thread at a time.
final class FileBatch {
  private final Path directory;
  private final Disk disk;
  private final List<Path> written = new ArrayList<>();
  private final Set<Path> grown = new LinkedHashSet<>();

  FileBatch(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  void write(Map<LogPath, byte[]> files) throws IOException {
    for (Map.Entry<LogPath, byte[]> file : files.entrySet()) {
      write(directory.resolve(file.getKey().text()), file.getValue());
    }
  }

  void write(Path path, byte[] bytes) throws IOException {
    makeDirectory(parentOf(path));
    grown.add(parentOf(path));
    written.add(path);
    disk.write(path, bytes);
  }

  /// When this returns, the files and the names that lead to them survive a power cut.
  void force() throws IOException {
    disk.forceAll(written, grown);
  }

  private void makeDirectory(Path wanted) throws IOException {
    if (Files.isDirectory(wanted)) {
      return;
    }
    makeDirectory(parentOf(wanted));
    disk.createDirectory(wanted);
    grown.add(parentOf(wanted));
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException("`%s` is not inside a log".formatted(path));
    }
    return parent;
  }

  /// Removes what was written, after a failure: nothing refers to it, and room may be short.
  /// What cannot be removed lies behind the checkpoint, where the next append replaces it.
  IOException remove(IOException failure) {
    for (Path path : written) {
      try {
        disk.deleteIfExists(path);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  /// Removes a partial file that no checkpoint on disk needs any more, and its directory once the
  /// tile is full.
  ///
  /// @return whether it is gone; the append that outgrew it is durable either way
  boolean removeOutgrown(LogPath path) {
    Path file = directory.resolve(path.text());
    try {
      disk.deleteIfExists(file);
      Path partials = parentOf(file);
      String name = partials.getFileName().toString();
      Path full = partials.resolveSibling(name.substring(0, name.length() - ".p".length()));
      if (Files.exists(full)) {
        removeAll(partials);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void removeAll(Path partials) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(partials)) {
      for (Path file : files) {
        disk.deleteIfExists(file);
      }
    }
    disk.deleteIfExists(partials);
  }
}
