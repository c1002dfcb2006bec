package cn.mingmian.law;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Folders of cases as tests find them: our own in the resources, others beside the repository.
final class CaseFiles {
  private CaseFiles() {}

  static Path root() {
    return Path.of(System.getProperty("mingmian.root", "..")).toAbsolutePath().normalize();
  }

  static Path ours() {
    return root().resolve("law/src/test/resources/cases");
  }

  static Map<String, byte[]> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, byte[]> bytes = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
