package cn.mingmian.platform.records;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/// The database cannot serve: it is lost, refuses us, or is of another version. Carries the reason
/// so that a caller can answer with it; nothing of the failed transaction
/// is stored, unless the connection broke during its commit: then only the records know.
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why the database cannot serve.
  public enum Reason {
    /// No connection, or it broke in the middle.
    LOST,
    /// The connection broke during the commit: only the records know whether it was stored.
    COMMIT_UNHEARD,
    /// The server is there and refuses the name or the password.
    WRONG_PASSWORD,
    /// The server is there and has no such database.
    NO_SUCH_DATABASE,
    /// Server, cluster or schema are of a version that this program does not work with.
    VERSION_MISMATCH,
    /// The disk under the database is full.
    DISK_FULL,
    /// Another process runs on the same data directory.
    IN_USE,
    /// The embedded server did not start; the message quotes its log.
    NOT_STARTED
  }

  private final Reason reason;

  DatabaseException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /// Reads the SQL state anywhere in the chain of causes.
  ///
  /// @return what to throw instead, or null if the failure is not the database's own
  public static @Nullable DatabaseException from(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DatabaseException d) return d;
      if (t instanceof SQLException s && s.getSQLState() != null) {
        Reason reason = reasonOf(s.getSQLState());
        if (reason != null) return new DatabaseException(reason, message(reason, s), failure);
      }
      if (t instanceof TransactionSystemException system) {
        // Neither commit nor rollback got through: the connection is gone. Where the work itself
        // had failed, a commit was never asked for; else its answer was lost.
        boolean neverCommitted = system.getApplicationException() != null;
        return new DatabaseException(
            neverCommitted ? Reason.LOST : Reason.COMMIT_UNHEARD,
            "the database went away in the middle (%s): %s"
                .formatted(
                    system.getMessage(),
                    neverCommitted
                        ? "nothing of this request was stored"
                        : "look whether the request was stored before you repeat it"),
            failure);
      }
      if (t instanceof SQLTransientConnectionException) {
        return new DatabaseException(Reason.LOST, message(Reason.LOST, (SQLException) t), failure);
      }
    }
    return null;
  }

  private static @Nullable Reason reasonOf(String state) {
    if (state.startsWith("08") || state.startsWith("57P")) return Reason.LOST;
    return switch (state) {
      case "28P01", "28000" -> Reason.WRONG_PASSWORD;
      case "3D000" -> Reason.NO_SUCH_DATABASE;
      case "53100" -> Reason.DISK_FULL;
      default -> null;
    };
  }

  private static String message(Reason reason, SQLException s) {
    return switch (reason) {
      case LOST ->
          "the database does not answer (SQL state `%s`): check that the server runs; nothing of this request was stored"
              .formatted(s.getSQLState());
      case WRONG_PASSWORD ->
          "the database refuses this user or password (SQL state `%s`): check the password given with the database URL"
              .formatted(s.getSQLState());
      case NO_SUCH_DATABASE -> "the server has no such database: create it, or correct the URL";
      case DISK_FULL ->
          "the disk of the database is full: free space; nothing of this request was stored";
      default -> "the database failed with SQL state `%s`".formatted(s.getSQLState());
    };
  }
}
