package cn.mingmian.server.keeping;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.keys.Secrets;
import cn.mingmian.platform.records.Json;
import cn.mingmian.server.command.Command;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The way in for errands while the server runs: a socket in the file system that only the
/// account of the server (and root) can enter, never the network. `DATA/control` names it.
///
/// A request is a JSON errand and, apart, the bytes of a secret; each after its length in four
/// bytes. The answer is the exit code and a text. One errand at a time.
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("cn.mingmian.keeping");
  private static final String NOTE = "control";
  private static final int MOST = 1 << 16;

  /// The kernel takes socket paths of 107 bytes at most.
  private static final int LONGEST_PATH = 100;

  private final ServerSocketChannel listening;
  private final Path socket;
  private final Path note;
  private final Platform platform;
  private final Thread thread;

  /// Listens for the platform's data directory until closed.
  public ControlSocket(Path data, Platform platform) {
    this.platform = platform;
    this.note = data.resolve(NOTE);
    try {
      Path inside = data.toAbsolutePath().normalize().resolve("control.sock");
      boolean fits = inside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
      this.socket =
          fits
              ? inside
              : Files.createTempDirectory(
                      "mingmian-",
                      PosixFilePermissions.asFileAttribute(
                          PosixFilePermissions.fromString("rwx------")))
                  .resolve("control.sock");
      Files.deleteIfExists(socket);
      listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listening.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(note, socket + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the control socket of `%s` cannot be made".formatted(data), e);
    }
    thread = Thread.ofPlatform().daemon().name("control").start(this::listen);
  }

  private void listen() {
    while (listening.isOpen()) {
      try (SocketChannel caller = listening.accept()) {
        answer(caller);
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException | JacksonException broken) {
        LOG.atWarn().log("an errand broke off: {}", broken.getMessage());
      }
    }
  }

  private void answer(SocketChannel caller) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(caller));
    DataOutputStream out = new DataOutputStream(Channels.newOutputStream(caller));
    String text = new String(block(in), StandardCharsets.UTF_8);
    byte[] secret = block(in);
    Errand.Done done;
    try {
      done = Errands.perform(platform, Json.read(text, Errand.class), given(secret));
    } catch (RuntimeException failed) {
      // The server goes on whatever an errand ran into; whoever asked is told.
      done = new Errand.Done(Command.FAILED, Errands.reasons(failed));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    out.writeInt(done.code());
    byte[] said = done.text().getBytes(StandardCharsets.UTF_8);
    out.writeInt(said.length);
    out.write(said);
    out.flush();
  }

  private static Secrets given(byte[] secret) {
    return (root, fresh) -> {
      CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(secret));
      char[] copy = Arrays.copyOf(chars.array(), chars.limit());
      Arrays.fill(chars.array(), '\0');
      return copy;
    };
  }

  private static byte[] block(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST) {
      throw new IOException("block of %d bytes, expected at most %d".formatted(length, MOST));
    }
    return in.readNBytes(length);
  }

  /// Asks the server of a data directory.
  ///
  /// @param secret  zeroed here; empty if none is needed
  /// @return empty if none runs
  static Optional<Errand.Done> ask(Path data, Errand errand, char[] secret) {
    Path note = data.resolve(NOTE);
    if (!Files.exists(note)) return Optional.empty();
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
    try (SocketChannel server =
        SocketChannel.open(UnixDomainSocketAddress.of(Files.readString(note).strip()))) {
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(server));
      byte[] text = Json.write(errand).getBytes(StandardCharsets.UTF_8);
      out.writeInt(text.length);
      out.write(text);
      out.writeInt(bytes.remaining());
      out.write(bytes.array(), 0, bytes.limit());
      out.flush();
      DataInputStream in = new DataInputStream(Channels.newInputStream(server));
      int code = in.readInt();
      return Optional.of(
          new Errand.Done(code, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8)));
    } catch (ConnectException | java.nio.file.NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      if (!Files.exists(note)) return Optional.empty();
      throw new UncheckedIOException(
          "the running server of `%s` did not answer: it may have been stopped meanwhile"
              .formatted(data),
          e);
    } finally {
      Arrays.fill(bytes.array(), (byte) 0);
      Arrays.fill(secret, '\0');
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(note);
      listening.close();
      Files.deleteIfExists(socket);
      thread.join(1_000);
    } catch (IOException e) {
      throw new UncheckedIOException("the control socket cannot be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
