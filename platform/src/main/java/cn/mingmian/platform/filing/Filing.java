package cn.mingmian.platform.filing;

import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.facts.FilingStatus;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/// The door to filing. Thread-safe.
public final class Filing {
  /// law| MEASURES-2025/15.1: the number of persons stored *reaches* 100,000.
  public static final int THRESHOLD = 100_000;

  private static final Duration PACE = Duration.ofDays(30);

  private final Books books;
  private final People people;
  private final Deadlines deadlines;
  private final long threshold;

  /// Watches the number of stored persons from now on.
  public Filing(Books books, People people, Deadlines deadlines) {
    this(books, people, deadlines, THRESHOLD);
  }

  Filing(Books books, People people, Deadlines deadlines, long threshold) {
    this.books = books;
    this.people = people;
    this.deadlines = deadlines;
    this.threshold = threshold;
    people.watch(this::storedPersonsChanged);
  }

  /// In the transaction of the change: whoever is the hundred-thousandth latches the day.
  private void storedPersonsChanged(long stored) {
    if (stored < threshold) return;
    LocalDate today = books.today();
    int latched =
        books
            .database()
            .sql()
            .sql(
                """
                INSERT INTO filing_threshold (one, reached_on, reached_at, stored)
                VALUES (true, :on, :at, :stored) ON CONFLICT (one) DO NOTHING
                """)
            .param("on", today)
            .param("at", Books.utc(books.now()))
            .param("stored", stored)
            .update();
    if (latched == 1) {
      books.tell(
          Entry.of(Kind.FILING_THRESHOLD_REACHED).fact("stored", stored).fact("reachedOn", today));
    }
  }

  public FilingState state() {
    Optional<LocalDate> reachedOn = reachedOn();
    return new FilingState(
        people.storedPersons(),
        status(),
        reachedOn,
        reachedOn.map(on -> deadlines.due("MEASURES-2025/15.1", on)));
  }

  /// On which day the threshold is reached if it goes on as in the last thirty days; empty where
  /// it was reached already, or the number does not rise.
  public Optional<LocalDate> forecast() {
    long now = people.storedPersons();
    long risen = now - people.storedPersonsAt(books.now().minus(PACE));
    if (reachedOn().isPresent() || risen <= 0) return Optional.empty();
    long days = Math.ceilDiv((threshold - now) * PACE.toDays(), risen);
    return Optional.of(books.today().plusDays(Math.max(days, 0)));
  }

  /// Distinct persons stored if one more operation on this person goes through.
  ///
  /// @param person empty if the operation stores nobody
  public long storedPersonsIncluding(Optional<PersonId> person) {
    long now = people.storedPersons();
    return person.isPresent() && !people.isStored(person.get()) ? now + 1 : now;
  }

  public Optional<LocalDate> reachedOn() {
    return books
        .database()
        .sql()
        .sql("SELECT reached_on FROM filing_threshold")
        .query((r, n) -> Rows.maybeDate(r, "reached_on").orElseThrow())
        .optional();
  }

  public FilingStatus status() {
    return books
        .database()
        .sql()
        .sql("SELECT status FROM filing_act ORDER BY id DESC LIMIT 1")
        .query((r, n) -> FilingStatus.valueOf(r.getString("status")))
        .optional()
        .orElse(FilingStatus.NONE);
  }

  /// Records what was filed or cancelled.
  ///
  /// @param on the day the authority received it
  /// @param receipt the authority's number
  /// @param documentHash SHA-256 of what was submitted, hexadecimal
  /// @throws RejectedRecordException `filing-malformed`, `filing-from-the-future`
  public void record(
      FilingStatus status, LocalDate on, String receipt, String documentHash, Actor by) {
    if (status == FilingStatus.NONE || receipt.isBlank() || !documentHash.matches("[0-9a-f]{64}")) {
      throw new RejectedRecordException(
          "filing-malformed",
          "a filing has a status, the authority's number and the hash of what was submitted");
    }
    if (on.isAfter(books.today())) {
      throw new RejectedRecordException("filing-from-the-future", "%s is to come".formatted(on));
    }
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO filing_act (status, done_on, receipt, document_hash, recorded_by,
                        recorded_at)
                      VALUES (:status, :on, :receipt, :hash, :by, :now)
                      """)
                  .param("status", status.name())
                  .param("on", on)
                  .param("receipt", receipt)
                  .param("hash", documentHash)
                  .param("by", by.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.FILING_CHANGED)
                      .fact("status", status)
                      .fact("on", on)
                      .sealed("receipt", receipt)
                      .sealed("by", by.id()));
            });
  }
}
