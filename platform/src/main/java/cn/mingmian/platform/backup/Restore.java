package cn.mingmian.platform.backup;

import cn.mingmian.platform.backup.Backups.What;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.RecordsCopy;
import cn.mingmian.platform.templates.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts backups back into the data directory of a stopped server. What the log knows better than
/// the restored records is left to the recovery, before which no face is looked at.
public final class Restore {
  private final Path data;
  private final Map<What, Part> parts = new EnumMap<>(What.class);
  private final List<String> told = new ArrayList<>();

  private record Part(Path directory, Manifest manifest) {}

  private Restore(Path data) {
    this.data = data;
  }

  /// Checks every file of the backups and puts them back.
  ///
  /// @param records opens the empty database that the records go into; asked only if there are some
  /// @return what was done, a sentence each
  /// @throws BackupException if they do not fit together, or something is there already; nothing
  ///     that was there is changed then
  public static List<String> put(Path data, List<Path> backups, Opening records) {
    Restore restore = new Restore(data);
    restore.read(backups);
    restore.refuseWhatDoesNotFit();
    try {
      Files.createDirectories(data);
      restore.keys();
      restore.log();
      restore.faces();
      restore.records(records);
      return List.copyOf(restore.told);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restore into `%s`".formatted(data), e);
    }
  }

  /// Opens the database with all of its tables.
  @FunctionalInterface
  public interface Opening {
    Database open();
  }

  private void read(List<Path> backups) {
    for (Path directory : backups) {
      Manifest manifest = Manifest.read(directory);
      if (parts.put(manifest.what(), new Part(directory, manifest)) != null) {
        throw new BackupException("two backups of %s are given".formatted(manifest.what()));
      }
    }
  }

  private void refuseWhatDoesNotFit() {
    if (parts.get(What.FACES) instanceof Part(Path f, Manifest faces)) {
      if (!(parts.get(What.KEYS) instanceof Part(Path k, Manifest keys))) {
        throw new BackupException(
            "faces open with their keys only: give the backup of the keys of epoch %d as well"
                .formatted(faces.epoch()));
      }
      if (!keys.vault().equals(faces.vault()) || keys.epoch() != faces.epoch()) {
        throw new BackupException(
            "these faces are dead: they hang on epoch key %d of vault %s, the keys are of epoch %d of vault %s"
                .formatted(faces.epoch(), faces.vault(), keys.epoch(), keys.vault()));
      }
      refuseIfThere(data.resolve("vault"), "faces");
    }
    if (parts.containsKey(What.KEYS)) refuseIfThere(data.resolve("keys"), "keys");
    boolean log = Files.exists(data.resolve("log").resolve("checkpoint"));
    if (parts.containsKey(What.RECORDS)
        && !parts.containsKey(What.KEYS)
        && !Files.exists(data.resolve("keys").resolve("log.pem"))) {
      throw new BackupException(
          "the %s cannot be continued without its key: give the backup of the keys as well"
              .formatted(log ? "log" : "restored log"));
    }
  }

  private static void refuseIfThere(Path directory, String what) {
    if (!Files.exists(directory)) return;
    try (Stream<Path> there = Files.list(directory)) {
      if (there.findAny().isPresent()) {
        throw new BackupException(
            "`%s` is not empty: move it away before the %s are restored"
                .formatted(directory, what));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("directory `%s`".formatted(directory), e);
    }
  }

  private void keys() throws IOException {
    if (!(parts.get(What.KEYS) instanceof Part(Path from, Manifest manifest))) return;
    copy(from, data.resolve("keys"), name -> !name.equals(Manifest.NAME) && !Keys.isEpochKey(name));
    told.add("keys were put back");
  }

  private void log() throws IOException {
    if (!(parts.get(What.RECORDS) instanceof Part(Path from, Manifest manifest))) return;
    if (Files.exists(data.resolve("log").resolve("checkpoint"))) {
      told.add("the log of the data directory was kept; it knows what happened after the backup");
      return;
    }
    copy(from.resolve("log"), data.resolve("log"), name -> true);
    told.add(
        "the log was put back from the backup and ends at entry %d: withdrawals and erasures after it are known to nobody here; if a later copy of the log exists, put it in place and restore again"
            .formatted(manifest.size() - 1));
  }

  private void faces() throws IOException {
    if (!(parts.get(What.FACES) instanceof Part(Path from, Manifest faces))
        || !(parts.get(What.KEYS) instanceof Part(Path keys, Manifest k))) {
      return;
    }
    Path vault = data.resolve("vault");
    copy(from.resolve("vault"), vault, name -> true);
    copy(keys, vault, Keys::isEpochKey);
    told.add("sealed templates of epoch %d were put back".formatted(faces.epoch()));
  }

  private void records(Opening opening) {
    if (!(parts.get(What.RECORDS) instanceof Part(Path from, Manifest manifest))) return;
    try (Database database = opening.open()) {
      RecordsCopy.Contents contents = RecordsCopy.read(database, from.resolve("records"));
      told.add(
          "%d rows of %d tables were put back"
              .formatted(contents.rows(), contents.tables().size()));
      if (!Files.exists(data.resolve("vault").resolve(Templates.LINK))) {
        // A new vault will be made; the records may not ask for the one that is gone.
        database.sql().sql("DELETE FROM vault_link").update();
        told.add("there are no faces: whoever was enrolled has to be captured again");
      }
    }
  }

  private interface Named {
    boolean wanted(String name);
  }

  private static void copy(Path from, Path to, Named named) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a)
              throws IOException {
            Path made = to.resolve(from.relativize(directory).toString());
            Files.createDirectories(made);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            String name = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
            if (named.wanted(name)) {
              Path copied = Files.copy(file, to.resolve(from.relativize(file).toString()));
              Files.setPosixFilePermissions(copied, PosixFilePermissions.fromString("rw-------"));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
