package cn.mingmian.platform.purposes;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.StaleVersionException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The purposes of this operator. Versions are never changed; the latest approved one is in force.
/// Thread-safe.
public final class Purposes {
  private static final String SELECT =
      """
      SELECT p.id, p.ended_at, v.version, v.terms, v.author, v.drafted_at, v.approver, v.approved_at
      FROM purpose p JOIN purpose_version v ON v.purpose = p.id
      """;

  private final Books books;

  public Purposes(Books books) {
    this.books = books;
  }

  /// Begins a purpose with its first version, not approved yet.
  public PurposeId draft(Terms terms, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              PurposeId id = new PurposeId(books.ids().next("pur"));
              books
                  .database()
                  .sql()
                  .sql("INSERT INTO purpose (id, created_at) VALUES (:id, :now)")
                  .param("id", id.value())
                  .param("now", Books.utc(books.now()))
                  .update();
              insertVersion(id, 1, terms, author);
              return id;
            });
  }

  /// Writes the next version, not approved yet; the one in force stays so until then.
  ///
  /// @param from the latest version, as the author read it
  /// @return the new version
  /// @throws StaleVersionException if there is a newer one
  public int revise(PurposeId id, int from, Terms terms, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              Purpose latest = lock(id);
              if (latest.version() != from) {
                throw new StaleVersionException("purpose", id.value(), from, latest.version());
              }
              refuseEnded(latest);
              insertVersion(id, from + 1, terms, author);
              return from + 1;
            });
  }

  /// @throws RejectedRecordException `author-is-approver`, `approved-already`
  /// @throws StaleVersionException if it is not the latest version
  public void approve(PurposeId id, int version, Actor approver) {
    books
        .database()
        .transact(
            () -> {
              Purpose latest = lock(id);
              if (latest.version() != version) {
                throw new StaleVersionException("purpose", id.value(), version, latest.version());
              }
              refuseEnded(latest);
              RejectedRecordException.refuseSameHand(latest.author(), approver);
              if (latest.approvedAt().isPresent()) {
                throw new RejectedRecordException(
                    "approved-already",
                    "version %d of purpose `%s` is approved already".formatted(version, id));
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE purpose_version SET approver = :by, approved_at = :now
                      WHERE purpose = :id AND version = :version
                      """)
                  .param("by", approver.id())
                  .param("now", Books.utc(books.now()))
                  .param("id", id.value())
                  .param("version", version)
                  .update();
              books.tell(
                  Entry.of(Kind.PURPOSE_APPROVED)
                      .fact("purpose", id)
                      .fact("version", version)
                      .sealed("approver", approver.id()));
            });
  }

  /// Ends a purpose for good.
  public void end(PurposeId id, Actor by) {
    books
        .database()
        .transact(
            () -> {
              refuseEnded(lock(id));
              books
                  .database()
                  .sql()
                  .sql("UPDATE purpose SET ended_at = :now WHERE id = :id")
                  .param("now", Books.utc(books.now()))
                  .param("id", id.value())
                  .update();
              books.tell(Entry.of(Kind.PURPOSE_ENDED).fact("purpose", id).sealed("by", by.id()));
            });
  }

  /// The latest approved version of a purpose that has not ended.
  public Optional<Purpose> inForce(PurposeId id) {
    return books
        .database()
        .sql()
        .sql(
            SELECT
                + " WHERE p.id = :id AND p.ended_at IS NULL AND v.approved_at IS NOT NULL"
                + " ORDER BY v.version DESC LIMIT 1")
        .param("id", id.value())
        .query(Purposes::read)
        .optional();
  }

  /// The latest version, approved or not.
  public Optional<Purpose> latest(PurposeId id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE p.id = :id ORDER BY v.version DESC LIMIT 1")
        .param("id", id.value())
        .query(Purposes::read)
        .optional();
  }

  /// All versions, newest first.
  public List<Purpose> history(PurposeId id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE p.id = :id ORDER BY v.version DESC")
        .param("id", id.value())
        .query(Purposes::read)
        .list();
  }

  /// The latest version of every purpose, in the order in which they were begun.
  public List<Purpose> all() {
    return books
        .database()
        .sql()
        .sql(
            SELECT
                + " WHERE v.version = (SELECT max(version) FROM purpose_version WHERE purpose = p.id)"
                + " ORDER BY p.created_at, p.id")
        .query(Purposes::read)
        .list();
  }

  private Purpose lock(PurposeId id) {
    boolean known =
        books
            .database()
            .sql()
            .sql("SELECT id FROM purpose WHERE id = :id FOR UPDATE")
            .param("id", id.value())
            .query(String.class)
            .optional()
            .isPresent();
    if (!known) throw new UnknownRecordException("purpose", id.value());
    return latest(id).orElseThrow(() -> new UnknownRecordException("purpose", id.value()));
  }

  private static void refuseEnded(Purpose purpose) {
    if (purpose.endedAt().isPresent()) {
      throw new RejectedRecordException(
          "purpose-ended",
          "purpose `%s` ended at %s".formatted(purpose.id(), purpose.endedAt().get()));
    }
  }

  private void insertVersion(PurposeId id, int version, Terms terms, Actor author) {
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO purpose_version (purpose, version, terms, author, drafted_at)
            VALUES (:id, :version, CAST(:terms AS jsonb), :author, :now)
            """)
        .param("id", id.value())
        .param("version", version)
        .param("terms", Json.write(terms))
        .param("author", author.id())
        .param("now", Books.utc(books.now()))
        .update();
    books.tell(
        Entry.of(Kind.PURPOSE_DRAFTED)
            .fact("purpose", id)
            .fact("version", version)
            .fact("kind", terms.kind())
            .fact("retentionDays", terms.retentionDays())
            .sealed("terms", Json.write(terms))
            .sealed("author", author.id()));
  }

  private static Purpose read(ResultSet r, int n) throws SQLException {
    return new Purpose(
        new PurposeId(r.getString("id")),
        r.getInt("version"),
        Json.read(r.getString("terms"), Terms.class),
        new Actor(r.getString("author")),
        Rows.instant(r, "drafted_at"),
        Rows.maybeActor(r, "approver"),
        Rows.maybeInstant(r, "approved_at"),
        Rows.maybeInstant(r, "ended_at"));
  }
}
