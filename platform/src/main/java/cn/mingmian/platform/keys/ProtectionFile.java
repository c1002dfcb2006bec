package cn.mingmian.platform.keys;

import cn.mingmian.platform.records.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// `keys/protection.json`, and beside it `protection.next` while the root changes: of the two the
/// one that opens the vault counts, so that a crash in between loses neither.
final class ProtectionFile {
  static final String NAME = "protection.json";

  private final Path directory;
  private final Path file;
  private final Path next;

  ProtectionFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(NAME);
    this.next = directory.resolve("protection.next");
  }

  Optional<Protection> read() {
    return read(file);
  }

  /// What an interrupted change of the root was about to put in place.
  Optional<Protection> readNext() {
    return read(next);
  }

  private static Optional<Protection> read(Path from) {
    if (!Files.exists(from)) return Optional.empty();
    try {
      Protection.Written written = Json.read(Files.readString(from), Protection.Written.class);
      return Optional.of(Protection.of(written, from));
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(from), e);
    } catch (JacksonException e) {
      throw new KeysUnavailableException(
          "`%s` is not a whole protection file: restore it from the backup of the keys"
              .formatted(from),
          e);
    }
  }

  void write(Protection protection) {
    propose(protection);
    adopt();
  }

  void propose(Protection protection) {
    try {
      Files.deleteIfExists(next);
      try (FileChannel channel =
          FileChannel.open(
              next,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        byte[] text = (Json.write(protection.written()) + "\n").getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(text));
        channel.force(true);
      }
      force();
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be written".formatted(next), e);
    }
  }

  void adopt() {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force();
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be written".formatted(file), e);
    }
  }

  void giveUp() {
    try {
      if (Files.deleteIfExists(next)) force();
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be removed".formatted(next), e);
    }
  }

  private void force() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
