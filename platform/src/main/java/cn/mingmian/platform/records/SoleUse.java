package cn.mingmian.platform.records;

import cn.mingmian.platform.records.DatabaseException.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process on one set of records: a lock of PostgreSQL on a connection of its own, looked after
/// every second. Templates that can be found are in the memory of one process; a second one on the
/// same records would go on finding whom the first has forgotten.
///
/// Whoever gets the lock ends what sessions a killed predecessor left. While it is not held,
/// nothing is written. Thread-safe.
final class SoleUse implements AutoCloseable {
  /// A predecessor on this machine that was killed is gone within moments.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOKED_AFTER_EVERY = Duration.ofSeconds(1);
  private static final String KEY = "hashtextextended('one mingmian on these records', 0)";

  private final String url;
  private final Properties login;
  private final Thread watch;
  private @Nullable Connection connection;
  /// Why nothing may be written now; null while the lock is held.
  private volatile @Nullable Reason trouble;
  private volatile boolean closed;

  private SoleUse(String url, Properties login, Connection connection) {
    this.url = url;
    this.login = login;
    this.connection = connection;
    this.watch = Thread.ofPlatform().daemon().name("records-sole-use").unstarted(this::watch);
  }

  /// Takes the lock, or says who has it.
  ///
  /// @throws DatabaseException `IN_USE` if another process keeps it
  static SoleUse take(String url, String user, String password) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("ApplicationName", "mingmian, the only one");
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "10");
    login.setProperty("tcpKeepAlive", "true");
    // A server whose client's machine lost its power lets the lock go within half a minute.
    login.setProperty(
        "options",
        "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3");
    try {
      Connection connection = DriverManager.getConnection(url, login);
      try {
        awaitLock(connection);
        endPredecessor(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      SoleUse taken = new SoleUse(url, login, connection);
      taken.watch.start();
      return taken;
    } catch (SQLException e) {
      DatabaseException known = DatabaseException.from(e);
      throw known != null
          ? known
          : new DatabaseException(Reason.LOST, "the records cannot be locked", e);
    }
  }

  private static void awaitLock(Connection connection) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!truth(connection, "SELECT pg_try_advisory_lock(" + KEY + ")")) {
      if (System.nanoTime() > end) {
        throw new DatabaseException(
            Reason.IN_USE,
            "another Mingmian works on these records (%s): stop it first, or give this one a database of its own"
                .formatted(holder(connection)),
            null);
      }
      pause(Duration.ofMillis(250));
    }
  }

  private static String holder(Connection connection) throws SQLException {
    try (Statement ask = connection.createStatement();
        ResultSet row =
            ask.executeQuery(
                """
                SELECT coalesce(a.client_addr::text, 'this machine'), a.backend_start
                FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory' AND l.granted AND l.database =
                  (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND a.application_name = 'mingmian, the only one'
                """)) {
      return row.next()
          ? "from `%s`, since %s".formatted(row.getString(1), row.getString(2))
          : "nobody can say from where";
    }
  }

  /// What a killed process had begun ends now, and not after what it locked was given to others.
  private static void endPredecessor(Connection connection) throws SQLException {
    try (Statement end = connection.createStatement()) {
      end.execute(
          """
          SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
          WHERE datname = current_database() AND usename = current_user
            AND pid <> pg_backend_pid() AND application_name = '%s'
          """
              .formatted(Database.APPLICATION));
    }
  }

  /// @throws DatabaseException `IN_USE` if another process took the records over, `LOST` while
  ///     nobody can tell
  void require() {
    Reason now = trouble;
    if (now == null) return;
    throw new DatabaseException(
        now,
        now == Reason.IN_USE
            ? "another Mingmian has taken these records over: nothing of this request was stored; stop one of the two"
            : "the connection that keeps these records for us is lost: nothing of this request was stored; it is tried again every second",
        null);
  }

  private void watch() {
    while (!closed) {
      pause(LOOKED_AFTER_EVERY);
      if (!closed && !stillHeld()) trouble = takenAgain();
    }
  }

  private synchronized boolean stillHeld() {
    Connection own = connection;
    if (own == null) return false;
    try {
      return truth(
          own,
          "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
              + " AND pid = pg_backend_pid())");
    } catch (SQLException lost) {
      return false;
    }
  }

  /// @return what stands in the way; null if the lock is ours again
  private synchronized @Nullable Reason takenAgain() {
    leave();
    if (closed) return Reason.LOST;
    try {
      Connection again = DriverManager.getConnection(url, login);
      connection = again;
      return truth(again, "SELECT pg_try_advisory_lock(" + KEY + ")") ? null : Reason.IN_USE;
    } catch (SQLException unreachable) {
      return Reason.LOST;
    }
  }

  private static boolean truth(Connection connection, String question) throws SQLException {
    try (Statement ask = connection.createStatement();
        ResultSet row = ask.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    Connection own = connection;
    connection = null;
    if (own == null) return;
    try {
      own.close();
    } catch (SQLException gone) {
      // The server lets the lock go with the session, and the session is gone.
      trouble = Reason.LOST;
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    synchronized (this) {
      leave();
    }
  }
}
