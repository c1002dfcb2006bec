package cn.mingmian.platform.audit;

import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.Rows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of the audit trail.
final class AuditTable {
  private final Database database;

  AuditTable(Database database) {
    this.database = database;
  }

  /// An entry that has its number.
  @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
  record Numbered(long number, byte[] entry) {}

  void insert(
      EntryId id,
      Instant at,
      Kind kind,
      byte[] entry,
      Optional<String> subject,
      byte @Nullable [] salt,
      byte @Nullable [] preimage) {
    database
        .sql()
        .sql(
            """
            INSERT INTO audit_entry (id, at, kind, entry, subject, salt, preimage)
            VALUES (:id, :at, :kind, :entry, :subject, :salt, :preimage)
            """)
        .param("id", id.value())
        .param("at", utc(at))
        .param("kind", kind.name())
        .param("entry", entry)
        .param("subject", subject.orElse(null))
        .param("salt", salt, java.sql.Types.BINARY)
        .param("preimage", preimage, java.sql.Types.BINARY)
        .update();
  }

  /// The number that the next entry gets.
  long next() {
    return database
        .sql()
        .sql("SELECT coalesce(max(number) + 1, 0) FROM audit_entry")
        .query(Long.class)
        .single();
  }

  long waiting() {
    return database
        .sql()
        .sql("SELECT count(*) FROM audit_entry WHERE number IS NULL")
        .query(Long.class)
        .single();
  }

  /// Numbers committed entries in the order in which they were written; in a transaction of its
  /// own.
  ///
  /// Its commit need not reach the disk: the entries themselves have, and what of the numbering a
  /// crash loses is read back from the log.
  ///
  /// @return how many
  int number(long first, int atMost) {
    database.sql().sql("SET LOCAL synchronous_commit = off").update();
    return database
        .sql()
        .sql(
            """
            WITH waiting AS (
              SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS n
              FROM (SELECT seq FROM audit_entry WHERE number IS NULL ORDER BY seq LIMIT :most) w)
            UPDATE audit_entry e SET number = :first + w.n FROM waiting w WHERE e.seq = w.seq
            """)
        .param("first", first)
        .param("most", atMost)
        .update();
  }

  /// Gives an entry the number under which the log holds it, if it waits here with the same bytes.
  ///
  /// @return whether it did
  boolean numberAsInLog(String id, byte[] entry, long number) {
    return database
            .sql()
            .sql(
                """
                UPDATE audit_entry SET number = :number
                WHERE id = :id AND entry = :entry AND number IS NULL
                """)
            .param("number", number)
            .param("id", id)
            .param("entry", entry)
            .update()
        == 1;
  }

  List<Numbered> from(long number, int atMost) {
    return database
        .sql()
        .sql(
            """
            SELECT number, entry FROM audit_entry WHERE number >= :from ORDER BY number LIMIT :most
            """)
        .param("from", number)
        .param("most", atMost)
        .query((r, n) -> new Numbered(r.getLong(1), r.getBytes(2)))
        .list();
  }

  /// @return empty if the entry is unknown or not numbered yet
  Optional<Long> numberOf(EntryId id) {
    return database
        .sql()
        .sql("SELECT number FROM audit_entry WHERE id = :id AND number IS NOT NULL")
        .param("id", id.value())
        .query(Long.class)
        .optional();
  }

  Optional<RecordedEntry> find(EntryId id) {
    return database
        .sql()
        .sql("SELECT " + COLUMNS + " FROM audit_entry WHERE id = :id")
        .param("id", id.value())
        .query(AuditTable::read)
        .optional();
  }

  List<RecordedEntry> about(String subject, int atMost) {
    return database
        .sql()
        .sql(
            "SELECT "
                + COLUMNS
                + " FROM audit_entry WHERE subject = :subject ORDER BY seq DESC LIMIT :most")
        .param("subject", subject)
        .param("most", atMost)
        .query(AuditTable::read)
        .list();
  }

  /// Newest first, below a number.
  List<RecordedEntry> page(long below, int atMost) {
    return database
        .sql()
        .sql(
            "SELECT "
                + COLUMNS
                + " FROM audit_entry WHERE number < :below ORDER BY number DESC LIMIT :most")
        .param("below", below)
        .param("most", atMost)
        .query(AuditTable::read)
        .list();
  }

  /// Forgets what would open the commitments about one subject, up to an instant.
  int forget(String subject, Instant upTo) {
    return database
        .sql()
        .sql(
            """
            UPDATE audit_entry SET salt = NULL, preimage = NULL, subject = NULL
            WHERE subject = :subject AND at <= :upTo
            """)
        .param("subject", subject)
        .param("upTo", utc(upTo))
        .update();
  }

  void forget(List<EntryId> entries) {
    database
        .sql()
        .sql(
            """
            UPDATE audit_entry SET salt = NULL, preimage = NULL, subject = NULL
            WHERE id = ANY (CAST(:ids AS text[]))
            """)
        .param(
            "ids", entries.stream().map(EntryId::value).collect(Collectors.joining(",", "{", "}")))
        .update();
  }

  void forget(Set<Kind> kinds, Instant before) {
    database
        .sql()
        .sql(
            """
            UPDATE audit_entry SET salt = NULL, preimage = NULL, subject = NULL
            WHERE kind = ANY (CAST(:kinds AS text[])) AND at < :before AND preimage IS NOT NULL
            """)
        .param("kinds", Rows.array(kinds))
        .param("before", utc(before))
        .update();
  }

  /// Takes an entry over from the log; one that waited here under the same id gets its number.
  void adopt(EntryText.Read read, long number, byte[] entry) {
    database
        .sql()
        .sql(
            """
            INSERT INTO audit_entry (id, at, kind, entry, number)
            VALUES (:id, :at, :kind, :entry, :number)
            ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number
            """)
        .param("id", read.id())
        .param("at", utc(read.at()))
        .param("kind", read.kind())
        .param("entry", entry)
        .param("number", number)
        .update();
  }

  private static final String COLUMNS = "id, at, kind, entry, number, subject, salt, preimage";

  private static RecordedEntry read(java.sql.ResultSet r, int row) throws java.sql.SQLException {
    long number = r.getLong("number");
    boolean numbered = !r.wasNull();
    return new RecordedEntry(
        new EntryId(r.getString("id")),
        r.getObject("at", OffsetDateTime.class).toInstant(),
        r.getString("kind"),
        numbered ? Optional.of(number) : Optional.empty(),
        r.getBytes("entry"),
        Optional.ofNullable(r.getString("subject")),
        Optional.ofNullable(r.getBytes("salt")),
        Optional.ofNullable(r.getBytes("preimage")));
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
