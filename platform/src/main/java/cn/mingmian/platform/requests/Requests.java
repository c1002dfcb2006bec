package cn.mingmian.platform.requests;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests of people, from the day they are received to the answer. Thread-safe.
public final class Requests {
  /// law| PIPL/50, GBT-35273/8.7: answered within thirty days.
  public static final int DAYS_TO_ANSWER = 30;

  private final Books books;
  private final People people;

  public Requests(Books books, People people) {
    this.books = books;
    this.people = people;
  }

  /// @param text 0 to 2,000 characters; an objection says against what
  /// @throws RejectedRecordException `text-malformed`
  public Request receive(PersonId person, Request.Kind kind, String text) {
    Person asking = people.require(person);
    if (text.length() > 2_000 || (kind == Request.Kind.OBJECT && text.isBlank())) {
      throw new RejectedRecordException(
          "text-malformed", "a request has at most 2000 characters, an objection at least one");
    }
    // law| MINOR-NET/34: who is under 18 gets a refusal in writing with reasons.
    boolean minor =
        asking.birthDate().map(born -> born.plusYears(18).isAfter(books.today())).orElse(false);
    String id = books.ids().next("req");
    return books
        .database()
        .inTransaction(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO rights_request (id, person, kind, text, minor, received_at, due)
                      VALUES (:id, :person, :kind, :text, :minor, :at, :due)
                      """)
                  .param("id", id)
                  .param("person", person.value())
                  .param("kind", kind.name())
                  .param("text", text.strip())
                  .param("minor", minor)
                  .param("at", Books.utc(books.now()))
                  .param("due", books.today().plusDays(DAYS_TO_ANSWER))
                  .update();
              books.tell(
                  Entry.of(Kind.REQUEST_RECEIVED).fact("request", kind).about(person.value()));
              return require(id);
            });
  }

  /// A member of staff looks at it: from now on the time is measured that they take.
  public Request open(String id, Actor by) {
    books
        .database()
        .sql()
        .sql(
            """
            UPDATE rights_request SET opened_at = :now, opened_by = :by
            WHERE id = :id AND opened_at IS NULL
            """)
        .param("now", Books.utc(books.now()))
        .param("by", by.id())
        .param("id", id)
        .update();
    return require(id);
  }

  /// Answers it once.
  ///
  /// law| PIPL/50: a refusal has a reason. PIPL/24: an objection is decided by a human being who
  /// looked at it first.
  ///
  /// @throws RejectedRecordException `answered-already`, `not-looked-at`, `approver-is-no-person`
  public Request answer(String id, boolean granted, Bilingual reason, Actor by) {
    if (by.isSystem()) {
      throw new RejectedRecordException(
          "approver-is-no-person",
          "`%s` is a part of the program and answers nobody".formatted(by));
    }
    return books
        .database()
        .inTransaction(
            () -> {
              Request request =
                  find(" WHERE id = :id FOR UPDATE", "id", id).stream()
                      .findFirst()
                      .orElseThrow(() -> new UnknownRecordException("request", id));
              if (request.answer().isPresent()) {
                throw new RejectedRecordException(
                    "answered-already", "request `%s` is answered".formatted(id));
              }
              if (request.openedAt().isEmpty()) {
                throw new RejectedRecordException(
                    "not-looked-at", "request `%s` has not been opened by anybody".formatted(id));
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE rights_request SET granted = :granted, reason_zh = :zh, reason_en = :en,
                        answered_by = :by, answered_at = :now WHERE id = :id
                      """)
                  .param("granted", granted)
                  .param("zh", reason.zh())
                  .param("en", reason.en())
                  .param("by", by.id())
                  .param("now", Books.utc(books.now()))
                  .param("id", id)
                  .update();
              books.tell(
                  Entry.of(Kind.REQUEST_ANSWERED)
                      .fact("request", request.kind())
                      .fact("granted", granted)
                      .about(request.person().value())
                      .sealed("by", by.id()));
              return require(id);
            });
  }

  /// @throws UnknownRecordException if there is no such request
  public Request require(String id) {
    return find(" WHERE id = :id", "id", id).stream()
        .findFirst()
        .orElseThrow(() -> new UnknownRecordException("request", id));
  }

  /// A person's own requests, newest first.
  public List<Request> of(PersonId person) {
    return find(" WHERE person = :person ORDER BY received_at DESC, id", "person", person.value());
  }

  /// What waits for an answer, the most urgent first.
  public List<Request> waiting() {
    return find(" WHERE answered_at IS NULL AND person <> :none ORDER BY due, id", "none", "");
  }

  /// How requests are dealt with.
  ///
  /// @param granted by kind
  /// @param overturned part of the objections in which the machine was wrong; empty while none is
  ///     decided
  /// @param look half of the objections were looked at for at least so long before they were
  // decided
  public record Figures(
      Map<Request.Kind, Integer> received,
      Map<Request.Kind, Integer> granted,
      Map<Request.Kind, Integer> refused,
      int overdue,
      Optional<Double> overturned,
      Optional<Duration> look) {}

  public Figures figures() {
    Map<Request.Kind, Integer> received = new EnumMap<>(Request.Kind.class);
    Map<Request.Kind, Integer> granted = new EnumMap<>(Request.Kind.class);
    Map<Request.Kind, Integer> refused = new EnumMap<>(Request.Kind.class);
    int overdue = 0;
    for (Request request : find(" WHERE person <> :none", "none", "")) {
      received.merge(request.kind(), 1, Integer::sum);
      request
          .answer()
          .ifPresent(
              answer ->
                  (answer.granted() ? granted : refused).merge(request.kind(), 1, Integer::sum));
      if (request.overdue(books.today())) overdue++;
    }
    List<Duration> looks =
        find(" WHERE kind = :kind AND answered_at IS NOT NULL", "kind", Request.Kind.OBJECT.name())
            .stream()
            .map(r -> Duration.between(r.openedAt().orElseThrow(), r.answer().orElseThrow().at()))
            .sorted()
            .toList();
    return new Figures(
        received,
        granted,
        refused,
        overdue,
        looks.isEmpty()
            ? Optional.empty()
            : Optional.of(granted.getOrDefault(Request.Kind.OBJECT, 0) / (double) looks.size()),
        looks.isEmpty() ? Optional.empty() : Optional.of(looks.get(looks.size() / 2)));
  }

  private List<Request> find(String where, String name, String value) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM rights_request" + where)
        .param(name, value)
        .query(Requests::read)
        .list();
  }

  private static Request read(ResultSet r, int n) throws SQLException {
    Optional<Instant> answered = Rows.maybeInstant(r, "answered_at");
    Optional<Request.Answer> answer =
        answered.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Request.Answer(
                    r.getBoolean("granted"),
                    new Bilingual(r.getString("reason_zh"), r.getString("reason_en")),
                    new Actor(r.getString("answered_by")),
                    answered.get()));
    return new Request(
        r.getString("id"),
        new PersonId(r.getString("person")),
        Request.Kind.valueOf(r.getString("kind")),
        r.getString("text"),
        r.getBoolean("minor"),
        Rows.instant(r, "received_at"),
        Rows.maybeDate(r, "due").orElseThrow(),
        Rows.maybeInstant(r, "opened_at"),
        Rows.maybeActor(r, "opened_by"),
        answer);
  }
}
