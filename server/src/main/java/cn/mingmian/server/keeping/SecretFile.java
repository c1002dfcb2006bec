package cn.mingmian.server.keeping;

import cn.mingmian.platform.keys.Root;
import cn.mingmian.platform.keys.Secrets;
import cn.mingmian.server.command.BadArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A passphrase or PIN in a file, or behind a descriptor such as `/dev/fd/3`: UTF-8, one line.
record SecretFile(Path file) implements Secrets {
  private static final int MOST = 4_096;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  @Override
  public char[] ask(Root root, boolean fresh) {
    byte[] bytes = new byte[0];
    try {
      if (Files.isRegularFile(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new BadArgumentException(
            "`%s` can be read by others: run `chmod 600` on it".formatted(file));
      }
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MOST);
      }
      int end = bytes.length;
      while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) end--;
      if (end == 0) throw new BadArgumentException("`%s` is empty".formatted(file));
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
      char[] secret = Arrays.copyOf(chars.array(), chars.limit());
      Arrays.fill(chars.array(), '\0');
      return secret;
    } catch (CharacterCodingException e) {
      throw new BadArgumentException("`%s` is not UTF-8 text".formatted(file));
    } catch (IOException e) {
      throw new BadArgumentException("`%s` cannot be read".formatted(file));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
