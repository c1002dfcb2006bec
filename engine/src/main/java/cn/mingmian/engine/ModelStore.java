package cn.mingmian.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The folder where model files lie, one sub-folder a pack. Nothing is used from it that does not
/// match the pack's pinned SHA-256. Thread-safe as far as the file system is; installing twice at
/// once ends with one whole pack.
public final class ModelStore {
  /// An archive may hold this much more than we take from it before we stop reading: 256 MiB.
  private static final long MOST_ARCHIVE_BYTES = 256L << 20;

  private static final int MOST_ARCHIVE_ENTRIES = 10_000;
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);

  private final Path directory;

  /// @param directory made when the first pack is installed
  public ModelStore(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  public Path directory() {
    return directory;
  }

  /// State of each file of a pack.
  public List<FileState> verify(ModelPack pack) {
    List<FileState> states = new ArrayList<>();
    for (ModelPack.ModelFile file : pack.files()) {
      Path path = path(pack, file);
      Optional<String> found =
          Files.isRegularFile(path) ? Optional.of(sha256(path)) : Optional.empty();
      states.add(new FileState(file, path, found));
    }
    return states;
  }

  /// Whether every file is there and is the pinned one.
  public boolean installed(ModelPack pack) {
    return verify(pack).stream().allMatch(FileState::sound);
  }

  /// A file as it lies in the store.
  ///
  /// @param found SHA-256 of what is there; empty if nothing is
  public record FileState(ModelPack.ModelFile file, Path path, Optional<String> found) {
    public boolean sound() {
      return found.isPresent() && found.get().equals(file.sha256());
    }
  }

  /// Takes the pack's own files, and only those, from the registry's archive (`.tgz`). Hashes are
  /// checked while writing; the pack appears whole or not at all.
  ///
  /// @throws ModelPackException naming the entry, and what was expected and found
  public void install(ModelPack pack, Path archive) {
    if (!Files.isRegularFile(archive)) {
      throw new ModelPackException("archive `%s` is not there".formatted(archive));
    }
    try {
      Files.createDirectories(directory);
      Path fresh = Files.createTempDirectory(directory, ".installing-");
      try {
        extract(pack, archive, fresh);
        Path target = directory.resolve(pack.id());
        if (Files.isDirectory(target)) {
          // A folder cannot be renamed over a full one: replace file by file, each atomically.
          for (ModelPack.ModelFile file : own(pack)) {
            Files.move(
                fresh.resolve(file.fileName()),
                path(pack, file),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
          }
        } else {
          Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        deleteFolder(fresh);
      }
    } catch (IOException e) {
      throw new ModelPackException(
          "archive `%s` could not be installed in `%s`: %s"
              .formatted(archive, directory, e.getMessage()),
          e);
    }
  }

  private static List<ModelPack.ModelFile> own(ModelPack pack) {
    return pack.files().stream().filter(file -> file.pack().isEmpty()).toList();
  }

  private void extract(ModelPack pack, Path archive, Path into) throws IOException {
    Map<String, ModelPack.ModelFile> wanted = new HashMap<>();
    for (ModelPack.ModelFile file : own(pack)) wanted.put(file.entry(), file);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        InputStream bounded =
            new BoundedInputStream(new GZIPInputStream(file), MOST_ARCHIVE_BYTES);
        TarArchiveInputStream tar = new TarArchiveInputStream(bounded)) {
      int entries = 0;
      TarArchiveEntry entry;
      while (!wanted.isEmpty() && (entry = tar.getNextEntry()) != null) {
        if (++entries > MOST_ARCHIVE_ENTRIES) {
          throw new ModelPackException(
              "archive `%s` has more than %d entries".formatted(archive, MOST_ARCHIVE_ENTRIES));
        }
        ModelPack.ModelFile model = entry.isFile() ? wanted.remove(entry.getName()) : null;
        if (model != null) extract(tar, entry, model, into.resolve(model.fileName()));
      }
    }
    if (!wanted.isEmpty()) {
      throw new ModelPackException(
          "archive `%s` lacks %s: expected the package `%s`"
              .formatted(archive, wanted.keySet(), pack.origin().coordinates()));
    }
  }

  private static void extract(
      InputStream tar, TarArchiveEntry entry, ModelPack.ModelFile model, Path target)
      throws IOException {
    if (entry.getSize() != model.bytes()) {
      throw new ModelPackException(
          "`%s` has %d bytes, expected %d"
              .formatted(model.entry(), entry.getSize(), model.bytes()));
    }
    MessageDigest digest = sha256();
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      int read;
      while ((read = tar.read(buffer)) > 0) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    requireHash(model, HexFormat.of().formatHex(digest.digest()));
  }

  /// Fetches the pack's package with the registry's client (`npm pack`) and installs it.
  ///
  /// @param npm the client's program name or path, usually `npm`
  /// @throws ModelPackException if the client is absent or the registry cannot be reached; the
  ///     message names the way without a network
  public void fetch(ModelPack pack, String npm) {
    for (ModelPack lender : pack.lenders()) {
      if (!installed(lender)) fetch(lender, npm);
    }
    String coordinates = pack.origin().coordinates();
    String otherWay =
        "fetch it on another machine with `npm pack %s` and run `models import FILE`"
            .formatted(coordinates);
    try {
      Path temporary = Files.createTempDirectory("model-fetch-");
      try {
        Path output = temporary.resolve("output.txt");
        Process process;
        try {
          process =
              new ProcessBuilder(npm, "pack", coordinates, "--ignore-scripts", "--silent")
                  .directory(temporary.toFile())
                  .redirectErrorStream(true)
                  .redirectOutput(output.toFile())
                  .start();
        } catch (IOException e) {
          throw new ModelPackException(
              "`%s` cannot be started (%s): install it, or %s"
                  .formatted(npm, e.getMessage(), otherWay),
              e);
        }
        if (!process.waitFor(LONGEST_FETCH.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new ModelPackException(
              "`%s pack` took longer than %s: try again, or %s"
                  .formatted(npm, LONGEST_FETCH, otherWay));
        }
        if (process.exitValue() != 0) {
          throw new ModelPackException(
              "`%s pack %s` failed (%s): go online, or %s"
                  .formatted(npm, coordinates, lastLine(output), otherWay));
        }
        install(pack, onlyArchive(temporary, coordinates));
      } finally {
        deleteFolder(temporary);
      }
    } catch (IOException e) {
      throw new ModelPackException(
          "`%s` could not be fetched (%s): %s".formatted(coordinates, e.getMessage(), otherWay), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelPackException("fetching `%s` was interrupted".formatted(coordinates), e);
    }
  }

  private static Path onlyArchive(Path folder, String coordinates) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> archives = files.filter(path -> path.toString().endsWith(".tgz")).toList();
      if (archives.size() != 1) {
        throw new ModelPackException(
            "fetching `%s` left %d archives, expected 1".formatted(coordinates, archives.size()));
      }
      return archives.getFirst();
    }
  }

  private static String lastLine(Path output) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return lines.isEmpty() ? "no message" : lines.getLast().strip();
  }

  /// The bytes of one model, checked: what is hashed is what is returned.
  ///
  /// @throws ModelPackException if it is absent or not the pinned file
  byte[] load(ModelPack pack, ModelPack.Role role) {
    ModelPack.ModelFile file = pack.file(role);
    Path path = path(pack, file);
    try {
      if (!Files.isRegularFile(path)) {
        throw new ModelPackException(
            "model file `%s` of pack `%s` is not installed: run `models install`, or `models import FILE`"
                .formatted(path, pack.id()));
      }
      if (Files.size(path) != file.bytes()) {
        throw new ModelPackException(
            "model file `%s` has %d bytes, expected %d: install pack `%s` anew"
                .formatted(path, Files.size(path), file.bytes(), pack.id()));
      }
      byte[] bytes = Files.readAllBytes(path);
      requireHash(file, HexFormat.of().formatHex(sha256().digest(bytes)));
      return bytes;
    } catch (IOException e) {
      throw new ModelPackException(
          "model file `%s` cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private Path path(ModelPack pack, ModelPack.ModelFile file) {
    return directory.resolve(file.pack().orElse(pack.id())).resolve(file.fileName());
  }

  private static void requireHash(ModelPack.ModelFile file, String found) {
    if (!found.equals(file.sha256())) {
      throw new ModelPackException(
          "model file `%s` has sha-256 `%s`, expected `%s`: it is not the file that was measured, and is not used"
              .formatted(file.fileName(), found, file.sha256()));
    }
  }

  private static String sha256(Path path) {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      int read;
      while ((read = in.read(buffer)) > 0) digest.update(buffer, 0, read);
    } catch (IOException e) {
      throw new UncheckedIOException("model file `%s` cannot be read".formatted(path), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) Files.deleteIfExists(path);
    }
  }

  /// A pack is absent, damaged, or could not be fetched or installed.
  public static final class ModelPackException extends RuntimeException {
    ModelPackException(String message) {
      super(message);
    }

    ModelPackException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Stops an archive that unpacks to more than it should.
  private static final class BoundedInputStream extends InputStream {
    private final InputStream in;
    private long left;

    BoundedInputStream(InputStream in, long most) {
      this.in = in;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      take(1);
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0) take(read);
      return read;
    }

    private void take(long bytes) {
      left -= bytes;
      if (left < 0)
        throw new ModelPackException(
            "archive unpacks to more than %d bytes: not a model package"
                .formatted(MOST_ARCHIVE_BYTES));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
