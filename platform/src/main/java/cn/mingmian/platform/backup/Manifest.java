package cn.mingmian.platform.backup;

import cn.mingmian.platform.records.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// `backup.json`: what a backup is, and the SHA-256 of each of its files. Written last, so that a
/// backup without it was never finished. Immutable.
///
/// @param epoch  of faces and keys; 0 of records
/// @param size  how many entries the log had; of records
/// @param files  hash in hexadecimal by path
record Manifest(
    int format,
    Backups.What what,
    String madeAt,
    String vault,
    long epoch,
    long size,
    Map<String, String> files) {
  static final String NAME = "backup.json";
  private static final int FORMAT = 1;

  static Manifest of(
      Backups.What what, String madeAt, String vault, long epoch, long size, Path directory) {
    return new Manifest(FORMAT, what, madeAt, vault, epoch, size, hashes(directory));
  }

  /// Reads a backup and compares every file with its hash.
  ///
  /// @throws BackupException if it is unfinished, altered or of another format
  static Manifest read(Path directory) {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      throw new BackupException(
          "`%s` holds no `%s`: it is no backup, or one that was not finished"
              .formatted(directory, NAME));
    }
    Manifest manifest;
    try {
      manifest = Json.read(Files.readString(file), Manifest.class);
    } catch (JacksonException e) {
      throw new BackupException("`%s` is not what a backup wrote".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(file), e);
    }
    if (manifest.format != FORMAT) {
      throw new BackupException(
          "`%s` has format %d, this program reads %d".formatted(file, manifest.format, FORMAT));
    }
    SortedMap<String, String> found = hashes(directory);
    manifest.files.forEach(
        (path, hash) -> {
          if (!hash.equals(found.get(path))) {
            throw new BackupException(
                "`%s` is %s: restore from another backup"
                    .formatted(
                        directory.resolve(path), found.containsKey(path) ? "altered" : "missing"));
          }
        });
    return manifest;
  }

  private static SortedMap<String, String> hashes(Path directory) {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        String path = directory.relativize(file).toString();
        if (!path.equals(NAME)) hashes.put(path, hash(file));
      }
      return hashes;
    } catch (IOException e) {
      throw new UncheckedIOException("backup `%s` cannot be read".formatted(directory), e);
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, sha).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
