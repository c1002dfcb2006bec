package cn.mingmian.platform.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// All rows of all tables as files, and back into an empty database of the same schema: one
/// PostgreSQL snapshot, in its own text format, compressed. The same for the embedded server and a
/// given one; needs no program besides.
public final class RecordsCopy {
  private static final String CONTENTS = "contents.json";

  private RecordsCopy() {}

  /// What a copy holds.
  ///
  /// @param schemas  latest migration by history table
  /// @param tables  in an order in which references are never dangling
  /// @param sequences  last value by name
  public record Contents(
      Map<String, String> schemas, List<Table> tables, Map<String, Long> sequences) {
    public long rows() {
      return tables.stream().mapToLong(Table::rows).sum();
    }
  }

  /// @param columns  those that are stored, not computed
  public record Table(String name, List<String> columns, long rows) {}

  /// Copies the rows as of one moment; writing goes on meanwhile.
  public static Contents write(Database database, Path directory) {
    try (Connection c = database.dataSource().getConnection()) {
      Files.createDirectories(directory);
      c.setAutoCommit(false);
      c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      c.setReadOnly(true);
      CopyManager copy = c.unwrap(PGConnection.class).getCopyAPI();
      List<Table> tables = new ArrayList<>();
      for (Map.Entry<String, List<String>> table : tables(c).entrySet()) {
        try (OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(file(directory, table.getKey())))) {
          long rows =
              copy.copyOut(
                  "COPY %s (%s) TO STDOUT"
                      .formatted(table.getKey(), String.join(", ", table.getValue())),
                  out);
          tables.add(new Table(table.getKey(), table.getValue(), rows));
        }
      }
      Contents contents = new Contents(schemas(c), tables, sequences(c));
      c.rollback();
      Files.writeString(directory.resolve(CONTENTS), Json.write(contents) + "\n");
      return contents;
    } catch (SQLException e) {
      throw lost(e);
    } catch (IOException e) {
      throw new UncheckedIOException("records cannot be copied to `%s`".formatted(directory), e);
    }
  }

  /// Puts the rows into a database that holds none, in one transaction.
  ///
  /// @throws RejectedRecordException `records-not-empty`, or `schema-differs` if another version of
  ///     the program made the copy
  public static Contents read(Database database, Path directory) {
    try (Connection c = database.dataSource().getConnection()) {
      Contents contents = Json.read(Files.readString(directory.resolve(CONTENTS)), Contents.class);
      c.setAutoCommit(false);
      if (!schemas(c).equals(contents.schemas())) {
        throw new RejectedRecordException(
            "schema-differs",
            "the copy is of schema %s, this program has %s: restore with the version that made it, then start this one"
                .formatted(contents.schemas(), schemas(c)));
      }
      CopyManager copy = c.unwrap(PGConnection.class).getCopyAPI();
      for (Table table : contents.tables()) {
        if (holdsRows(c, table.name())) {
          throw new RejectedRecordException(
              "records-not-empty",
              "the database has rows in `%s`: restore into a new data directory or an empty database"
                  .formatted(table.name()));
        }
      }
      for (Table table : contents.tables()) {
        try (InputStream in =
            new GZIPInputStream(Files.newInputStream(file(directory, table.name())))) {
          copy.copyIn(
              "COPY %s (%s) FROM STDIN".formatted(table.name(), String.join(", ", table.columns())),
              in);
        }
      }
      try (Statement s = c.createStatement()) {
        for (Map.Entry<String, Long> sequence : contents.sequences().entrySet()) {
          s.execute("SELECT setval('%s', %d)".formatted(sequence.getKey(), sequence.getValue()));
        }
      }
      c.commit();
      return contents;
    } catch (SQLException e) {
      throw lost(e);
    } catch (IOException e) {
      throw new UncheckedIOException("records cannot be read from `%s`".formatted(directory), e);
    }
  }

  private static RuntimeException lost(SQLException e) {
    DatabaseException known = DatabaseException.from(e);
    return known != null ? known : new IllegalStateException("the records refused the copy", e);
  }

  private static Path file(Path directory, String table) {
    return directory.resolve(table + ".copy.gz");
  }

  private static boolean holdsRows(Connection c, String table) throws SQLException {
    try (Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT EXISTS (SELECT FROM %s)".formatted(table))) {
      r.next();
      return r.getBoolean(1);
    }
  }

  /// Tables and their stored columns, each table after those it refers to.
  private static Map<String, List<String>> tables(Connection c) throws SQLException {
    Map<String, List<String>> columns = new TreeMap<>();
    try (Statement s = c.createStatement();
        ResultSet r =
            s.executeQuery(
                """
                SELECT quote_ident(t.table_name), quote_ident(k.column_name)
                FROM information_schema.tables t JOIN information_schema.columns k
                  USING (table_schema, table_name)
                WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  AND k.is_generated = 'NEVER' AND t.table_name NOT LIKE '%schema_history'
                ORDER BY t.table_name, k.ordinal_position
                """)) {
      while (r.next()) {
        columns.computeIfAbsent(r.getString(1), t -> new ArrayList<>()).add(r.getString(2));
      }
    }
    Map<String, Set<String>> needs = new TreeMap<>();
    try (Statement s = c.createStatement();
        ResultSet r =
            s.executeQuery(
                """
                SELECT conrelid::regclass::text, confrelid::regclass::text
                FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
                """)) {
      while (r.next()) {
        needs.computeIfAbsent(r.getString(1), t -> new HashSet<>()).add(r.getString(2));
      }
    }
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    while (ordered.size() < columns.size()) {
      int before = ordered.size();
      for (Map.Entry<String, List<String>> table : columns.entrySet()) {
        if (ordered.keySet().containsAll(needs.getOrDefault(table.getKey(), Set.of()))) {
          ordered.putIfAbsent(table.getKey(), table.getValue());
        }
      }
      if (ordered.size() == before) {
        throw new IllegalStateException("tables refer to each other in a circle: " + needs);
      }
    }
    return ordered;
  }

  private static Map<String, String> schemas(Connection c) throws SQLException {
    Map<String, String> schemas = new TreeMap<>();
    try (Statement s = c.createStatement()) {
      List<String> histories = new ArrayList<>();
      try (ResultSet r =
          s.executeQuery(
              "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%schema_history'")) {
        while (r.next()) histories.add(r.getString(1));
      }
      for (String history : histories) {
        try (ResultSet r =
            s.executeQuery(
                "SELECT string_agg(version, ' ' ORDER BY version) FROM %s WHERE success AND type = 'SQL'"
                    .formatted(history))) {
          r.next();
          schemas.put(history, r.getString(1));
        }
      }
    }
    return schemas;
  }

  private static Map<String, Long> sequences(Connection c) throws SQLException {
    Map<String, Long> sequences = new TreeMap<>();
    try (Statement s = c.createStatement();
        ResultSet r =
            s.executeQuery(
                """
                SELECT quote_ident(sequencename), last_value FROM pg_sequences
                WHERE schemaname = 'public' AND last_value IS NOT NULL
                """)) {
      while (r.next()) sequences.put(r.getString(1), r.getLong(2));
    }
    return sequences;
  }
}
