package cn.mingmian.platform.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Directories of self-checks: made for one run, and gone after it.
final class ScratchVaults {
  private ScratchVaults() {}

  static Path make(Path parent) {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "vault-");
    } catch (IOException e) {
      throw new UncheckedIOException("self-check in `%s`".formatted(parent), e);
    }
  }

  static void remove(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("self-check in `%s`".formatted(directory), e);
    }
  }
}
