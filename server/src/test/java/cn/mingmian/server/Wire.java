package cn.mingmian.server;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/// A wire to a real database that a test cuts and mends.
final class Wire implements AutoCloseable {
  private final HikariDataSource far;
  private final URI address;
  private final ServerSocket door;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile boolean cut;

  Wire(DataSource to) throws IOException, SQLException {
    far = to.unwrap(HikariDataSource.class);
    address = URI.create(far.getJdbcUrl().substring("jdbc:".length()));
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// As `--database-url` takes it.
  String url() {
    return "postgresql://%s:%s@127.0.0.1:%d%s"
        .formatted(far.getUsername(), far.getPassword(), door.getLocalPort(), address.getPath());
  }

  void cut() {
    cut = true;
    open.forEach(Wire::end);
    open.clear();
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        if (cut) {
          near.close();
          continue;
        }
        Socket there = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        open.add(near);
        open.add(there);
        Thread.ofVirtual().start(() -> pump(near, there));
        Thread.ofVirtual().start(() -> pump(there, near));
      } catch (IOException e) {
        if (!door.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction ended the connection; so does this one.
    }
  }

  private static void end(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    end(door);
    cut();
  }
}
