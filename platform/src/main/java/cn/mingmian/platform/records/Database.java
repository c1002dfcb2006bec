package cn.mingmian.platform.records;

import cn.mingmian.platform.records.DatabaseException.Reason;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The records' PostgreSQL: embedded in the data directory or given by a URL, its schema brought up
/// to date.
///
/// A commit that returned is on the disk. Thread-safe; whoever opens, closes.
public final class Database implements AutoCloseable {
  /// The program is written for this dialect; an older server is refused at start.
  static final int OLDEST_SERVER = 18;

  private static final String MIGRATIONS = "classpath:cn/mingmian/platform/migrations";

  /// How the server knows our sessions.
  static final String APPLICATION = "mingmian";

  private final @Nullable EmbeddedPostgres embedded;
  private final @Nullable SoleUse sole;
  private final HikariDataSource pool;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  private Database(
      @Nullable EmbeddedPostgres embedded, @Nullable SoleUse sole, HikariDataSource pool) {
    this.embedded = embedded;
    this.sole = sole;
    this.pool = pool;
    this.sql = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /// Starts, or adopts after a kill, the PostgreSQL of a data directory.
  ///
  /// @param dataDirectory  Mingmian's own directory; created if absent; one process at a time
  /// @throws DatabaseException if it cannot be started or is of another version
  public static Database embedded(Path dataDirectory, SecureRandom random) {
    EmbeddedPostgres server = EmbeddedPostgres.start(dataDirectory, random);
    try {
      // The server's own directory is locked: nobody else is here.
      return open(server, null, server.url(), server.role(), server.rolePassword());
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /// Uses a given server; one process at a time.
  ///
  /// @param url  `jdbc:postgresql://host:port/database`, also without the `jdbc:`
  /// @throws DatabaseException if it does not answer, refuses the password, is too old, or another
  ///     process works on these records
  public static Database at(String url, String user, String password) {
    String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url;
    SoleUse sole = SoleUse.take(jdbc, user, password);
    try {
      return open(null, sole, jdbc, user, password);
    } catch (RuntimeException e) {
      sole.close();
      throw e;
    }
  }

  static Database open(
      @Nullable EmbeddedPostgres server,
      @Nullable SoleUse sole,
      String url,
      String user,
      String password) {
    HikariDataSource pool = pool(url, user, password);
    try {
      Database database = new Database(server, sole, pool);
      database.refuseOldServer();
      database.migrate();
      return database;
    } catch (RuntimeException e) {
      pool.close();
      DatabaseException known = DatabaseException.from(e);
      throw known == null ? e : known;
    }
  }

  private static HikariDataSource pool(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("records");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(12);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(5_000);
    config.setInitializationFailTimeout(10_000);
    config.addDataSourceProperty("ApplicationName", APPLICATION);
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      DatabaseException known = DatabaseException.from(e);
      throw known == null ? e : known;
    }
  }

  private void refuseOldServer() {
    int version =
        sql.sql("SELECT current_setting('server_version_num')::int").query(Integer.class).single();
    if (version / 10_000 < OLDEST_SERVER) {
      throw new DatabaseException(
          Reason.VERSION_MISMATCH,
          "the server is PostgreSQL %d, at least %d is needed"
              .formatted(version / 10_000, OLDEST_SERVER),
          null);
    }
  }

  private void migrate() {
    Flyway flyway =
        Flyway.configure()
            .dataSource(pool)
            .locations(MIGRATIONS)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load();
    MigrationInfo current = flyway.info().current();
    if (current != null && current.getState().name().startsWith("FUTURE")) {
      throw new DatabaseException(
          Reason.VERSION_MISMATCH,
          "the records were written by a newer Mingmian (schema `%s`): start that one"
              .formatted(current.getVersion()),
          null);
    }
    flyway.migrate();
  }

  /// Plain SQL with named parameters; takes part in the caller's transaction if there is one.
  public JdbcClient sql() {
    return sql;
  }

  /// Runs the work in one transaction and takes back what it stored: to see what would come of it.
  ///
  /// @throws DatabaseException if the database is lost, full or refuses us
  public <T extends @Nullable Object> T andTakeBack(Supplier<T> work) {
    if (sole != null) sole.require();
    try {
      @SuppressWarnings("NullAway") // the template hands back exactly what the work gave
      T result =
          transactions.execute(
              status -> {
                status.setRollbackOnly();
                return work.get();
              });
      return result;
    } catch (RuntimeException e) {
      DatabaseException known = DatabaseException.from(e);
      throw known == null ? e : known;
    }
  }

  /// Runs the work in one transaction: all of it is stored when this returns, or nothing when it
  /// throws. Joins a transaction that is already open in this thread.
  ///
  /// @throws DatabaseException if the database is lost, full or refuses us
  public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
    if (sole != null) sole.require();
    try {
      @SuppressWarnings("NullAway") // the template hands back exactly what the work gave
      T result = transactions.execute(status -> work.get());
      return result;
    } catch (RuntimeException e) {
      DatabaseException known = DatabaseException.from(e);
      throw known == null ? e : known;
    }
  }

  /// Like [#inTransaction(Supplier)], for work without a result.
  public void transact(Runnable work) {
    this.<@Nullable Object>inTransaction(
        () -> {
          work.run();
          return null;
        });
  }

  /// Runs once the transaction of this thread has committed; at once if there is none. Never runs
  /// if it rolls back.
  public void afterCommit(Runnable then) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      then.run();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            then.run();
          }
        });
  }

  /// @throws IllegalStateException if this thread has no open transaction
  public void requireTransaction(String forWhat) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("%s needs the caller's transaction".formatted(forWhat));
    }
  }

  /// For libraries that want a pool.
  public DataSource dataSource() {
    return pool;
  }

  /// Whether the database answers now.
  public boolean answers() {
    try {
      return sql.sql("SELECT 1").query(Integer.class).single() == 1;
    } catch (org.springframework.dao.DataAccessException e) {
      return false;
    }
  }

  /// One line for the status page: where the records are.
  public String describe() {
    return embedded == null
        ? "given server"
        : "embedded PostgreSQL %s at 127.0.0.1:%d, %s%s%s"
            .formatted(
                EmbeddedPostgres.VERSION,
                embedded.port(),
                embedded.cluster(),
                embedded.adopted() ? ", adopted" : "",
                embedded.trouble().isEmpty() ? "" : ", down: " + embedded.trouble());
  }

  /// The embedded server's files, if it is embedded.
  public Optional<Path> clusterDirectory() {
    return Optional.ofNullable(embedded).map(EmbeddedPostgres::cluster);
  }

  @Override
  public void close() {
    pool.close();
    if (sole != null) sole.close();
    if (embedded != null) embedded.close();
  }
}
