package cn.mingmian.platform.audit;

import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// Dated statements with an author and another person's approval. A new statement does not change
/// an old one; the latest approved one is in force. Thread-safe.
public final class Statements {
  private static final String COLUMNS =
      "id, topic, subject, body, author, made_at, approver, approved_at";

  private final Books books;

  public Statements(Books books) {
    this.books = books;
  }

  /// @param body a record; its components must not name a person
  /// @return the statement's id
  public String make(Topic topic, String subject, Record body, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              String id = books.ids().next("stm");
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO statement (id, topic, subject, body, author, made_at)
                      VALUES (:id, :topic, :subject, CAST(:body AS jsonb), :author, :now)
                      """)
                  .param("id", id)
                  .param("topic", topic.name())
                  .param("subject", subject)
                  .param("body", Json.write(body))
                  .param("author", author.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.STATEMENT_MADE)
                      .fact("statement", id)
                      .fact("topic", topic)
                      .fact("subject", subject)
                      .sealed("body", Json.write(body))
                      .sealed("author", author.id()));
              return id;
            });
  }

  /// @throws RejectedRecordException if the author approves, or it is approved already
  /// @throws UnknownRecordException if there is no such statement
  public void approve(String id, Actor approver) {
    books
        .database()
        .transact(
            () -> {
              Row row =
                  books
                      .database()
                      .sql()
                      .sql("SELECT " + COLUMNS + " FROM statement WHERE id = :id FOR UPDATE")
                      .param("id", id)
                      .query(Statements::row)
                      .optional()
                      .orElseThrow(() -> new UnknownRecordException("statement", id));
              RejectedRecordException.refuseSameHand(row.author, approver);
              if (row.approver.isPresent()) {
                throw new RejectedRecordException(
                    "approved-already", "statement `%s` is approved already".formatted(id));
              }
              books
                  .database()
                  .sql()
                  .sql("UPDATE statement SET approver = :by, approved_at = :now WHERE id = :id")
                  .param("by", approver.id())
                  .param("now", Books.utc(books.now()))
                  .param("id", id)
                  .update();
              books.tell(
                  Entry.of(Kind.STATEMENT_APPROVED)
                      .fact("statement", id)
                      .fact("topic", row.topic)
                      .fact("subject", row.subject)
                      .sealed("approver", approver.id()));
            });
  }

  /// The latest approved statement.
  public <T extends Record> Optional<Statement<T>> inForce(
      Topic topic, String subject, Class<T> type) {
    return books
        .database()
        .sql()
        .sql(
            "SELECT "
                + COLUMNS
                + " FROM statement WHERE topic = :topic AND subject = :subject"
                + " AND approved_at IS NOT NULL ORDER BY approved_at DESC, id LIMIT 1")
        .param("topic", topic.name())
        .param("subject", subject)
        .query(Statements::row)
        .optional()
        .map(row -> row.as(type));
  }

  /// All statements on one subject, newest first.
  public <T extends Record> List<Statement<T>> history(Topic topic, String subject, Class<T> type) {
    return books
        .database()
        .sql()
        .sql(
            "SELECT "
                + COLUMNS
                + " FROM statement WHERE topic = :topic AND subject = :subject"
                + " ORDER BY made_at DESC, id")
        .param("topic", topic.name())
        .param("subject", subject)
        .query(Statements::row)
        .list()
        .stream()
        .map(row -> row.as(type))
        .toList();
  }

  /// A statement that nobody has approved yet.
  ///
  /// @param subject the id of what it is about
  public record Waiting(String id, Topic topic, String subject, Actor author, Instant madeAt) {}

  /// Statements that wait for another hand; one that a later one overtook no longer does.
  public List<Waiting> waiting() {
    return books
        .database()
        .sql()
        .sql(
            "SELECT DISTINCT ON (topic, subject) "
                + COLUMNS
                + " FROM statement ORDER BY topic, subject, made_at DESC, id")
        .query(Statements::row)
        .list()
        .stream()
        .filter(row -> row.approver.isEmpty())
        .map(row -> new Waiting(row.id, row.topic, row.subject, row.author, row.madeAt))
        .toList();
  }

  private record Row(
      String id,
      Topic topic,
      String subject,
      String body,
      Actor author,
      Instant madeAt,
      Optional<Actor> approver,
      Optional<Instant> approvedAt) {
    <T extends Record> Statement<T> as(Class<T> type) {
      return new Statement<>(
          id, topic, subject, Json.read(body, type), author, madeAt, approver, approvedAt);
    }
  }

  private static Row row(ResultSet r, int n) throws SQLException {
    return new Row(
        r.getString("id"),
        Topic.valueOf(r.getString("topic")),
        r.getString("subject"),
        r.getString("body"),
        new Actor(r.getString("author")),
        r.getObject("made_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(r.getString("approver")).map(Actor::new),
        Optional.ofNullable(r.getObject("approved_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
