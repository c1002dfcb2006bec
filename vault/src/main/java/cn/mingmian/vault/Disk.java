package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Durable writes and destruction of files. Every method returns only after the disk has it.
final class Disk {
  static final String UNFINISHED = ".part";

  private Disk() {}

  /// Creates a directory readable by its owner only, if it is not there.
  static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) return;
    Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) syncDirectory(parent);
  }

  /// Writes a new file of mode 0600; fails if it exists.
  static void createSecret(Path file, byte[] content) throws IOException {
    boolean written = false;
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file, "rw-------"))) {
      try {
        writeFully(channel, ByteBuffer.wrap(content), 0);
        channel.force(true);
        written = true;
      } finally {
        if (!written) destroy(file);
      }
    }
    syncDirectory(directoryOf(file));
  }

  /// Writes `content` beside `file` and moves it there in one step: all of it, or nothing.
  static void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(part);
    createSecret(part, content);
    moveInto(part, file);
  }

  /// Moves `part` to `file` in one step.
  static void moveInto(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(directoryOf(file));
  }

  /// Overwrites a file with zeros, on disk, then unlinks it.
  ///
  /// @return its length, 0 if there was none
  static long destroy(Path file) throws IOException {
    long length = wipe(file);
    if (Files.deleteIfExists(file)) syncDirectory(directoryOf(file));
    return length;
  }

  /// Overwrites a file with zeros, on disk, and leaves it there.
  static long wipe(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return zero(channel);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /// Overwrites a file with zeros, on disk.
  static long zero(FileChannel channel) throws IOException {
    long length = channel.size();
    ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(length, 1 << 16));
    for (long at = 0; at < length; at += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), length - at));
      writeFully(channel, zeros, at);
    }
    channel.force(true);
    return length;
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) position += channel.write(bytes, position);
  }

  /// @throws IOException if the file ends before `length` bytes were read
  static byte[] readFully(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    long position = at;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, position);
      if (read < 0) {
        throw new IOException(
            "file ends at %d, expected %d bytes more".formatted(position, bytes.remaining()));
      }
      position += read;
    }
    return bytes.array();
  }

  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Names a disk failure: full, or what the disk said.
  static VaultException failure(Path where, long needed, String what, IOException cause) {
    String message = String.valueOf(cause.getMessage());
    boolean full = message.contains("No space left") || message.contains("quota exceeded");
    if (!full) {
      try {
        full = Files.getFileStore(directoryOf(where)).getUsableSpace() < needed;
      } catch (IOException unknown) {
        cause.addSuppressed(unknown);
      }
    }
    if (full) {
      return new VaultFullException(
          "%s: the disk of `%s` is full, %d bytes were needed".formatted(what, where, needed));
    }
    return new VaultIoException("%s `%s`".formatted(what, where), cause);
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
