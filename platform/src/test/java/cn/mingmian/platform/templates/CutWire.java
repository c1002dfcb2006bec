package cn.mingmian.platform.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A wire to a real database that breaks at the commit of the transaction that keeps a template.
final class CutWire implements AutoCloseable {
  enum Cut {
    NEVER,
    /// The server never hears of the commit.
    BEFORE_COMMIT,
    /// The server commits; its answer is lost.
    AFTER_COMMIT,
    /// As before, and nobody gets through any more.
    AFTER_COMMIT_FOR_GOOD
  }

  private final ServerSocket door;
  private final int server;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  volatile Cut cut = Cut.NEVER;
  volatile boolean happened;

  CutWire(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(near);
        open.add(far);
        Pair pair = new Pair(near, far);
        Thread.ofVirtual().start(pair::up);
        Thread.ofVirtual().start(pair::down);
      } catch (IOException e) {
        if (!door.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    end(door);
    open.forEach(CutWire::end);
  }

  private static void end(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Pair {
    private final Socket near;
    private final Socket far;
    private volatile boolean keeps;

    Pair(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void up() {
      pump(near, far, true);
    }

    void down() {
      pump(far, near, false);
    }

    private void pump(Socket from, Socket to, boolean up) {
      byte[] buffer = new byte[65_536];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          String said = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
          if (breaks(said, up)) return;
          out.write(buffer, 0, n);
          out.flush();
        }
      } catch (IOException e) {
        // The other direction ended the connection; so does this one.
      }
    }

    private boolean breaks(String said, boolean up) {
      if (cut == Cut.NEVER) return false;
      // What follows on this connection is the rest of the transaction, then its commit.
      if (up && keeps && cut == Cut.BEFORE_COMMIT) return happens();
      if (up && said.contains("INSERT INTO template_seal")) keeps = true;
      // The server's word that it has committed.
      return !up && keeps && said.contains("COMMIT\0") && happens();
    }

    private boolean happens() {
      boolean forGood = cut == Cut.AFTER_COMMIT_FOR_GOOD;
      cut = Cut.NEVER;
      happened = true;
      if (forGood) close();
      return true;
    }
  }
}
