package cn.mingmian.platform.defence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Holds files against what they were when they were first looked at: models, the program's own
/// archives with the rules in them, keys. Thread-safe.
final class FileWatch {
  private static final String GONE = "nothing";

  private final SortedMap<Path, String> expected = new TreeMap<>();

  /// From now on they are to stay as they are.
  synchronized void guard(Collection<Path> files) {
    for (Path file : files) expected.put(file, sha256(file));
  }

  synchronized List<Signal.FileChanged> look() {
    List<Signal.FileChanged> changed = new ArrayList<>();
    expected.forEach(
        (file, hash) -> {
          String found = sha256(file);
          if (!found.equals(hash)) {
            changed.add(new Signal.FileChanged(String.valueOf(file.getFileName()), hash, found));
          }
        });
    return changed;
  }

  /// Somebody looked: what is there now is right.
  synchronized void accept() {
    expected.replaceAll((file, hash) -> sha256(file));
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, sha256).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchFileException gone) {
      return GONE;
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(file), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
