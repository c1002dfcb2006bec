package cn.mingmian.platform.complaints;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Complaints from the day they are received until the result is told. Thread-safe.
public final class Complaints {
  private final Books books;

  public Complaints(Books books) {
    this.books = books;
  }

  /// @param text 1 to 4,000 characters
  /// @param contact at most 200 characters; empty to stay unknown
  /// @throws RejectedRecordException `text-malformed`
  public Complaint lodge(Complaint.Matter about, String text, Optional<String> contact) {
    if (text.isBlank() || text.length() > 4_000 || contact.orElse("").length() > 200) {
      throw new RejectedRecordException(
          "text-malformed", "a complaint has 1 to 4000 characters, a contact at most 200");
    }
    String number = books.ids().next("cmp");
    return books
        .database()
        .inTransaction(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO complaint (number, about, text, contact, received_at, state, changed_at)
                      VALUES (:number, :about, :text, :contact, :now, 'RECEIVED', :now)
                      """)
                  .param("number", number)
                  .param("about", about.name())
                  .param("text", text.strip())
                  .param("contact", contact.filter(c -> !c.isBlank()).orElse(null))
                  .param("now", Books.utc(books.now()))
                  .update();
              tell(number, about, Complaint.State.RECEIVED, Optional.empty());
              return find(number).orElseThrow();
            });
  }

  /// Takes a complaint one state further; none is left out.
  ///
  /// @param result needed once it is handled
  /// @throws RejectedRecordException `state-left-out`, `result-missing`
  public Complaint advance(String number, Complaint.State to, Optional<String> result, Actor by) {
    return books
        .database()
        .inTransaction(
            () -> {
              Complaint complaint =
                  query(" WHERE number = :number FOR UPDATE", number).stream()
                      .findFirst()
                      .orElseThrow(() -> new UnknownRecordException("complaint", number));
              if (!to.follows(complaint.state())) {
                throw new RejectedRecordException(
                    "state-left-out",
                    "a complaint that is `%s` cannot become `%s`".formatted(complaint.state(), to));
              }
              if (to == Complaint.State.HANDLED && result.filter(r -> !r.isBlank()).isEmpty()) {
                throw new RejectedRecordException(
                    "result-missing", "a complaint is handled when there is a result to tell");
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE complaint SET state = :state, changed_at = :now,
                        result = coalesce(:result, result) WHERE number = :number
                      """)
                  .param("state", to.name())
                  .param("now", Books.utc(books.now()))
                  .param("result", result.orElse(null), java.sql.Types.VARCHAR)
                  .param("number", number)
                  .update();
              tell(number, complaint.about(), to, Optional.of(by));
              return find(number).orElseThrow();
            });
  }

  private void tell(
      String number, Complaint.Matter about, Complaint.State state, Optional<Actor> by) {
    books.tell(
        Entry.of(Kind.COMPLAINT)
            .fact("about", about)
            .fact("state", state)
            .sealed("number", number)
            .sealed("by", by.map(Actor::id)));
  }

  public Optional<Complaint> find(String number) {
    return query(" WHERE number = :number", number).stream().findFirst();
  }

  /// Those whose result is not told yet, the oldest first.
  public List<Complaint> waiting() {
    return query(" WHERE state <> 'RESULT_TOLD' AND number <> :number ORDER BY received_at", "");
  }

  public Map<Complaint.State, Integer> figures() {
    Map<Complaint.State, Integer> counts = new EnumMap<>(Complaint.State.class);
    query(" WHERE number <> :number", "").forEach(c -> counts.merge(c.state(), 1, Integer::sum));
    return counts;
  }

  private List<Complaint> query(String where, String number) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM complaint" + where)
        .param("number", number)
        .query(Complaints::read)
        .list();
  }

  private static Complaint read(ResultSet r, int n) throws SQLException {
    return new Complaint(
        r.getString("number"),
        Complaint.Matter.valueOf(r.getString("about")),
        r.getString("text"),
        Rows.maybeText(r, "contact"),
        Rows.instant(r, "received_at"),
        Complaint.State.valueOf(r.getString("state")),
        Rows.instant(r, "changed_at"),
        Rows.maybeText(r, "result"));
  }
}
