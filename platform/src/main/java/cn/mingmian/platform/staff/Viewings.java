package cn.mingmian.platform.staff;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The register of viewings: each asked for with a reason, each approved by another hand, none ever
/// changed. It shows nothing itself. Thread-safe.
public final class Viewings {
  /// An approved viewing is good for this long.
  public static final Duration GOOD_FOR = Duration.ofMinutes(15);

  private final Books books;

  public Viewings(Books books) {
    this.books = books;
  }

  /// Asks to see what is held of one person for one purpose.
  ///
  /// @throws RejectedRecordException `reason-missing`
  public Viewing request(StaffId viewer, PersonId person, PurposeId purpose, String reason) {
    String given = reason.strip();
    if (given.length() < 4 || given.length() > 400) {
      throw new RejectedRecordException(
          "reason-missing",
          "a viewing needs a reason of 4 to 400 characters, found %d".formatted(given.length()));
    }
    return books
        .database()
        .inTransaction(
            () -> {
              String id = books.ids().next("vie");
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO viewing (id, viewer, person, purpose, reason, author, requested_at)
                      VALUES (:id, :viewer, :person, :purpose, :reason, :viewer, :now)
                      """)
                  .param("id", id)
                  .param("viewer", viewer.value())
                  .param("person", person.value())
                  .param("purpose", purpose.value())
                  .param("reason", given)
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.VIEWING_REQUESTED)
                      .fact("viewing", id)
                      .fact("purpose", purpose)
                      .about(person.value())
                      .sealed("reason", given)
                      .sealed("viewer", viewer.value()));
              return require(id);
            });
  }

  /// law| MEASURES-2025/14.1, MINOR-NET/36: the responsible person approves each viewing.
  ///
  /// @throws RejectedRecordException `author-is-approver`, `approved-already`
  public Viewing approve(String id, Actor approver) {
    return books
        .database()
        .inTransaction(
            () -> {
              Viewing viewing = require(id);
              RejectedRecordException.refuseSameHand(viewing.viewer().actor(), approver);
              int changed =
                  books
                      .database()
                      .sql()
                      .sql(
                          """
                          UPDATE viewing SET approver = :by, approved_at = :now
                          WHERE id = :id AND approved_at IS NULL
                          """)
                      .param("by", approver.id())
                      .param("now", Books.utc(books.now()))
                      .param("id", id)
                      .update();
              if (changed == 0) {
                throw new RejectedRecordException(
                    "approved-already", "viewing `%s` is approved already".formatted(id));
              }
              books.tell(
                  Entry.of(Kind.VIEWING_APPROVED)
                      .fact("viewing", id)
                      .sealed("approver", approver.id()));
              return require(id);
            });
  }

  public Optional<Viewing> find(String id) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM viewing WHERE id = :id")
        .param("id", id)
        .query(Viewings::read)
        .optional();
  }

  public Viewing require(String id) {
    return find(id).orElseThrow(() -> new UnknownRecordException("viewing", id));
  }

  /// Everybody who asked to see a person, newest first: the person may know.
  public List<Viewing> of(PersonId person) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM viewing WHERE person = :person ORDER BY requested_at DESC, id")
        .param("person", person.value())
        .query(Viewings::read)
        .list();
  }

  /// The newest ones, for whoever approves and audits.
  public List<Viewing> latest(int atMost) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM viewing ORDER BY requested_at DESC, id LIMIT :most")
        .param("most", atMost)
        .query(Viewings::read)
        .list();
  }

  private static Viewing read(ResultSet r, int row) throws SQLException {
    return new Viewing(
        r.getString("id"),
        new StaffId(r.getString("viewer")),
        new PersonId(r.getString("person")),
        new PurposeId(r.getString("purpose")),
        r.getString("reason"),
        Rows.instant(r, "requested_at"),
        Rows.maybeActor(r, "approver"),
        Rows.maybeInstant(r, "approved_at"));
  }
}
