package cn.mingmian.platform.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One real embedded PostgreSQL for the whole test run; each caller gets a database of its own,
/// copied from a migrated template. The server is stopped when the test JVM ends.
public final class TestDatabases {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private TestDatabases() {}

  /// A fresh, empty, migrated database; the caller closes it.
  public static synchronized Database fresh() {
    EmbeddedPostgres running = server();
    String name = "t" + COUNT.incrementAndGet();
    running.asOwner("CREATE DATABASE %s OWNER mingmian TEMPLATE mingmian".formatted(name));
    return open(name);
  }

  /// Opens a database made by [#fresh()] again, as after a restart of the program.
  public static synchronized Database reopen(String name) {
    return open(name);
  }

  /// A copy of a database as it is now, as a backup would be. The original must be closed.
  public static synchronized Database copyOf(String closed) {
    String name = "t" + COUNT.incrementAndGet();
    server().asOwner("CREATE DATABASE %s OWNER mingmian TEMPLATE %s".formatted(name, closed));
    return open(name);
  }

  /// How to reach a database from another process.
  public record Address(String url, String user, String password) {}

  public static synchronized Address addressOf(Database database) {
    EmbeddedPostgres running = server();
    return new Address(running.urlOf(nameOf(database)), running.role(), running.rolePassword());
  }

  public static String nameOf(Database database) {
    return database.sql().sql("SELECT current_database()").query(String.class).single();
  }

  static synchronized EmbeddedPostgres server() {
    if (server != null) return server;
    Path directory = Path.of("target", "shared-database").toAbsolutePath();
    EmbeddedPostgres started = EmbeddedPostgres.start(directory, new SecureRandom());
    if (started.adopted() || Files.exists(directory.resolve("used"))) {
      // A killed run left its databases behind: a new cluster is quicker than dropping them.
      discard(started);
      started = EmbeddedPostgres.start(directory, new SecureRandom());
    }
    EmbeddedPostgres kept = started;
    server = kept;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(kept, directory)));
    mark(directory);
    Database template =
        Database.open(null, null, started.url(), started.role(), started.rolePassword());
    template.close();
    return started;
  }

  private static void mark(Path directory) {
    try {
      Files.writeString(directory.resolve("used"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(EmbeddedPostgres server, Path directory) {
    discard(server);
    try {
      Files.delete(directory.resolve("used"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Nobody needs these databases again: no last checkpoint over all of them, and a new cluster at
  /// the next run; the unpacked program stays.
  private static void discard(EmbeddedPostgres server) {
    server.abandon();
    try (Stream<Path> all = Files.walk(server.cluster())) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Database open(String name) {
    EmbeddedPostgres running = server();
    return Database.open(null, null, running.urlOf(name), running.role(), running.rolePassword());
  }
}
