package cn.mingmian.platform.backup;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RecordsCopy;
import cn.mingmian.platform.templates.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// Makes backups while everything runs. Thread-safe.
public final class Backups {
  private final Books books;
  private final Keys keys;
  private final Path data;

  /// @param data  the data directory: no backup is made inside it
  public Backups(Books books, Keys keys, Path data) {
    this.books = books;
    this.keys = keys;
    this.data = data;
  }

  /// The three parts; one backup is one of them, so that they are kept apart.
  public enum What {
    /// Database and log: no face information; may go off-site.
    RECORDS,
    /// Sealed templates and their wrapped keys: face information; stays on site. Dead when the
    /// epoch key dies.
    FACES,
    /// What opens the vault and signs the log. Kept with neither of the others.
    KEYS
  }

  /// What was made.
  ///
  /// @param count  rows, templates or 0
  public record Made(What what, Path directory, long count, long epoch) {
    /// For a terminal.
    public String describe() {
      return switch (what) {
        case RECORDS ->
            "%d rows and the log are in `%s`; without face information, may go off-site%n数据库与日志已备份，不含人脸信息，可移出本场所"
                .formatted(count, directory);
        case FACES ->
            "%d sealed templates are in `%s`; face information, stays on site; dead when epoch key %d is destroyed%n已加密的特征模板已备份：属人脸信息，不得移出本场所；第 %d 期密钥销毁后即无法解密"
                .formatted(count, directory, epoch, epoch);
        case KEYS ->
            "keys of epoch %d are in `%s`; keep them with neither records nor faces, and destroy them when this epoch is over: until then erased templates in backups can be opened with them%n密钥已备份：须与数据库、模板备份分开保管，并在本期结束后销毁"
                .formatted(epoch, directory);
      };
    }
  }

  /// Writes one part into a directory that is empty or not there yet.
  ///
  /// @throws BackupException if the directory is not empty, or lies in the data directory
  public Made make(What what, Path directory, Actor by) {
    Path target = directory.toAbsolutePath().normalize();
    if (target.startsWith(data.toAbsolutePath().normalize())) {
      throw new BackupException(
          "`%s` lies in the data directory: a backup lies elsewhere".formatted(target));
    }
    try {
      Files.createDirectories(target);
      try (Stream<Path> there = Files.list(target)) {
        if (there.findAny().isPresent()) {
          throw new BackupException("`%s` is not empty: name a new directory".formatted(target));
        }
      }
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
      return switch (what) {
        case RECORDS -> records(target, by);
        case FACES -> faces(target, by);
        case KEYS -> keys(target, by);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("backup `%s` cannot be written".formatted(target), e);
    }
  }

  private Made records(Path target, Actor by) throws IOException {
    // The records first: what the log then has more is known to it and made good by a recovery.
    RecordsCopy.Contents contents = RecordsCopy.write(books.database(), target.resolve("records"));
    long size = books.trail().copyTo(Files.createDirectories(target.resolve("log")));
    long rows = contents.rows();
    return finish(new Made(What.RECORDS, target, rows, 0), size, by);
  }

  private Made faces(Path target, Actor by) throws IOException {
    long epoch = keys.status().epoch();
    int templates = keys.copySealed(target.resolve("vault"));
    Files.copy(
        data.resolve("vault").resolve(Templates.LINK),
        target.resolve("vault").resolve(Templates.LINK));
    return finish(new Made(What.FACES, target, templates, epoch), 0, by);
  }

  private Made keys(Path target, Actor by) throws IOException {
    long epoch = keys.status().epoch();
    keys.copyKeys(target);
    return finish(new Made(What.KEYS, target, 0, epoch), 0, by);
  }

  private Made finish(Made made, long size, Actor by) throws IOException {
    Manifest manifest =
        Manifest.of(
            made.what(),
            books.now().toString(),
            keys.status().vault(),
            made.epoch(),
            size,
            made.directory());
    Files.writeString(made.directory().resolve(Manifest.NAME), Json.write(manifest) + "\n");
    books
        .database()
        .transact(
            () ->
                books.tell(
                    Entry.of(Kind.BACKED_UP)
                        .fact("what", made.what())
                        .fact("epoch", made.epoch())
                        .sealed("by", by.id())));
    return made;
  }
}
