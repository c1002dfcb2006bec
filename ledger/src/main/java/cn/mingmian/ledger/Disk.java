package cn.mingmian.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The few things the log does to a disk, so that tests can take the power away between any two
/// of them. Nothing written is durable before `force` on the file and on its directory.
interface Disk {
  /// Creates or replaces a file's bytes.
  void write(Path file, byte[] bytes) throws IOException;

  /// Makes the file's bytes survive a power cut.
  void force(Path file) throws IOException;

  /// Makes the names in a directory survive a power cut.
  void forceDirectory(Path directory) throws IOException;

  /// Makes files and names durable; in which order among them does not matter to the caller.
  default void forceAll(Collection<Path> files, Collection<Path> directories) throws IOException {
    for (Path file : files) {
      force(file);
    }
    for (Path directory : directories) {
      forceDirectory(directory);
    }
  }

  void createDirectory(Path directory) throws IOException;

  /// Replaces `to` by `from` in one step.
  void rename(Path from, Path to) throws IOException;

  void deleteIfExists(Path path) throws IOException;

  /// The file system itself. Thread-safe.
  Disk REAL =
      new Disk() {
        @Override
        public void write(Path file, byte[] bytes) throws IOException {
          Files.write(file, bytes);
        }

        @Override
        public void force(Path file) throws IOException {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
          try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
          }
        }

        /// All at once: a journal commits together what waits together, which costs one round to
        /// the disk instead of one for each file.
        @Override
        public void forceAll(Collection<Path> files, Collection<Path> directories)
            throws IOException {
          List<Future<?>> barriers = new ArrayList<>();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Path file : files) {
              barriers.add(threads.submit(() -> forced(this::force, file)));
            }
            for (Path directory : directories) {
              barriers.add(threads.submit(() -> forced(this::forceDirectory, directory)));
            }
          }
          for (Future<?> barrier : barriers) {
            if (barrier.state() == Future.State.FAILED) {
              throw barrier.exceptionNow() instanceof IOException e
                  ? e
                  : new IOException("a disk barrier failed", barrier.exceptionNow());
            }
          }
        }

        @Override
        public void createDirectory(Path directory) throws IOException {
          Files.createDirectory(directory);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void deleteIfExists(Path path) throws IOException {
          Files.deleteIfExists(path);
        }
      };

  /// What a thread runs for [#forceAll].
  interface Barrier {
    void force(Path path) throws IOException;
  }

  private static Path forced(Barrier barrier, Path path) throws IOException {
    barrier.force(path);
    return path;
  }
}
