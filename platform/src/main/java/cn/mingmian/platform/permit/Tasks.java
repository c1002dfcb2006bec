package cn.mingmian.platform.permit;

import cn.mingmian.law.Duty;
import cn.mingmian.law.rules.DueBy;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// Duties that no code has done: somebody has to, by their date. One open task stands for one duty
/// of one purpose, however many decisions ask for it. Thread-safe.
public final class Tasks {
  private final Books books;

  public Tasks(Books books) {
    this.books = books;
  }

  /// A duty to be done.
  ///
  /// @param kind what, see [cn.mingmian.law.rules.DutyKind]
  /// @param due  by when, as the law counts it; empty where it gives no date
  public record Task(
      String id,
      String decision,
      String kind,
      String rule,
      PurposeId purpose,
      Optional<String> due,
      Instant openedAt,
      Optional<Instant> doneAt,
      Optional<String> evidence) {}

  /// Opens a task, or finds the open one for the same duty.
  ///
  /// @return its id
  String open(PurposeId purpose, Decided decided, Duty duty) {
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO duty_task (id, decision, kind, rule, purpose, due, opened_at)
            VALUES (:id, :decision, :kind, :rule, :purpose, :due, :now)
            ON CONFLICT (purpose, kind, rule) WHERE done_at IS NULL DO NOTHING
            """)
        .param("id", books.ids().next("tsk"))
        .param("decision", decided.id())
        .param("kind", duty.kind().name())
        .param("rule", duty.rule().id())
        .param("purpose", purpose.value())
        .param("due", duty.due().map(DueBy::text).orElse(null))
        .param("now", Books.utc(books.now()))
        .update();
    return books
        .database()
        .sql()
        .sql(
            "SELECT id FROM duty_task WHERE purpose = :purpose AND kind = :kind AND rule = :rule AND done_at IS NULL")
        .param("purpose", purpose.value())
        .param("kind", duty.kind().name())
        .param("rule", duty.rule().id())
        .query(String.class)
        .single();
  }

  /// Says that a duty was done, and how that shows.
  ///
  /// @throws UnknownRecordException if there is no such open task
  public void done(String task, String evidence, Actor by) {
    books
        .database()
        .transact(
            () -> {
              int changed =
                  books
                      .database()
                      .sql()
                      .sql(
                          """
                          UPDATE duty_task SET done_at = :now, done_by = :by, evidence = :evidence
                          WHERE id = :id AND done_at IS NULL
                          """)
                      .param("now", Books.utc(books.now()))
                      .param("by", by.id())
                      .param("evidence", evidence)
                      .param("id", task)
                      .update();
              if (changed == 0) throw new UnknownRecordException("open-task", task);
              books.tell(
                  Entry.of(Kind.DUTY_DONE)
                      .fact("task", task)
                      .sealed("evidence", evidence)
                      .sealed("by", by.id()));
            });
  }

  /// Open tasks, the most urgent first.
  public List<Task> open() {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM duty_task WHERE done_at IS NULL ORDER BY due NULLS LAST, opened_at")
        .query(Tasks::read)
        .list();
  }

  /// A task, open or done.
  public Optional<Task> find(String task) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM duty_task WHERE id = :id")
        .param("id", task)
        .query(Tasks::read)
        .optional();
  }

  private static Task read(ResultSet r, int row) throws SQLException {
    return new Task(
        r.getString("id"),
        r.getString("decision"),
        r.getString("kind"),
        r.getString("rule"),
        new PurposeId(r.getString("purpose")),
        Optional.ofNullable(r.getString("due")),
        r.getObject("opened_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(r.getObject("done_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(r.getString("evidence")));
  }
}
