package cn.mingmian.server.keeping;

import cn.mingmian.platform.records.Database;
import org.flywaydb.core.Flyway;

/// The server's own tables, beside those of the platform.
public final class ServerSchema {
  private ServerSchema() {}

  /// Brings them up to date.
  public static void migrate(Database database) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("classpath:cn/mingmian/server/db")
        .table("server_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
