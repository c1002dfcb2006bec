package cn.mingmian.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What disks and attackers do to files.
final class Damages {
  private Damages() {}

  static void flipBit(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
