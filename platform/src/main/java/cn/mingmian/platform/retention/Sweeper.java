package cn.mingmian.platform.retention;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.templates.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sweeps what is past its time. One thread at a time; called at start and every few minutes.
public final class Sweeper {
  /// Detail of who passed when is kept this long; then only counts a day remain.
  public static final Duration PASSAGES_KEPT = Duration.ofDays(7);

  private static final int BATCH = 500;

  private final Books books;
  private final People people;
  private final Places places;
  private final Consents consents;
  private final Permits permits;
  private final Templates templates;
  private final Keys keys;

  public Sweeper(
      Books books,
      People people,
      Places places,
      Consents consents,
      Permits permits,
      Templates templates,
      Keys keys) {
    this.books = books;
    this.people = people;
    this.places = places;
    this.consents = consents;
    this.permits = permits;
    this.templates = templates;
    this.keys = keys;
  }

  /// What one sweep did.
  ///
  /// @param expired    templates destroyed because their time was over
  /// @param withdrawn  templates destroyed because no consent carries them any more
  /// @param restricted kept and unfindable, because the law forbids destroying them for now
  /// @param passages   decisions and sessions whose detail became a count
  public record Swept(
      int expired, int withdrawn, int restricted, int passages, boolean epochChanged) {}

  public synchronized Swept sweep() {
    int expired = 0;
    int withdrawn = 0;
    int restricted = 0;
    // law| MEASURES-2025/8.2, PIPL/47: its time is over, so it goes.
    for (Holding holding : people.expired(books.now(), BATCH)) {
      if (destroyed(holding, "expired")) expired++;
      else restricted++;
    }
    for (Holding holding : withdrawnButKept()) {
      if (destroyed(holding, "withdrawn")) withdrawn++;
      else restricted++;
    }
    int passages = forgetPassages(books.now().minus(PASSAGES_KEPT));
    places.forgetPassages(books.now().minus(PASSAGES_KEPT.multipliedBy(2)));
    boolean epoch = keys.rotateEpochIfDue();
    Swept swept = new Swept(expired, withdrawn, restricted, passages, epoch);
    if (expired + withdrawn + restricted + passages > 0 || epoch) tell(swept);
    return swept;
  }

  private boolean destroyed(Holding holding, String reason) {
    templates.hide(holding.person(), Optional.of(holding.gallery().purpose()));
    var checkpoint =
        templates.enrolledAt(holding.person(), holding.gallery().purpose()).orElseThrow();
    return switch (permits.ask(
        Question.erase(holding.person(), holding.gallery().purpose(), checkpoint))) {
      case Refusal refusal -> false;
      case Permit mayErase -> {
        templates.erase(
            mayErase, holding.person(), holding.gallery().purpose(), checkpoint, reason);
        yield true;
      }
    };
  }

  /// Kept although no consent carries it any more: a stop came in between, a recovery, or a consent
  /// was found to be void.
  private List<Holding> withdrawnButKept() {
    return people.galleries().stream()
        .flatMap(gallery -> people.members(gallery).stream())
        .filter(holding -> consents.groundless(holding.person(), holding.gallery().purpose()))
        .toList();
  }

  /// law| MEASURES-2025/9.3: how often, for three years; who, only as long as it serves the gate.
  private int forgetPassages(Instant before) {
    return books
        .database()
        .inTransaction(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO processing_day (day, purpose, checkpoint, verb, outcome, count)
                      SELECT (at AT TIME ZONE 'Asia/Shanghai')::date, purpose, checkpoint, verb, outcome, count(*)
                      FROM decision WHERE at < :before AND verb IN ('CAPTURE', 'VERIFY', 'IDENTIFY', 'PROMPT')
                      GROUP BY 1, 2, 3, 4, 5
                      ON CONFLICT (day, purpose, checkpoint, verb, outcome)
                        DO UPDATE SET count = processing_day.count + EXCLUDED.count
                      """)
                  .param("before", Books.utc(before))
                  .update();
              List<EntryId> told =
                  books
                      .database()
                      .sql()
                      .sql(
                          "DELETE FROM decision WHERE at < :before AND verb IN ('CAPTURE', 'VERIFY', 'IDENTIFY', 'PROMPT') RETURNING entry")
                      .param("before", Books.utc(before))
                      .query((r, n) -> new EntryId(r.getString("entry")))
                      .list();
              // The entries stay in the log; nobody can tell any more whom they are about.
              books.trail().forget(told);
              books.trail().forget(Set.of(Kind.VERIFIED, Kind.IDENTIFIED), before);
              int sessions =
                  books
                      .database()
                      .sql()
                      .sql("DELETE FROM checkpoint_session WHERE closes_at < :before")
                      .param("before", Books.utc(before))
                      .update();
              return told.size() + sessions;
            });
  }

  private void tell(Swept swept) {
    books
        .database()
        .transact(
            () ->
                books.tell(
                    Entry.of(Kind.RETENTION_SWEPT)
                        .fact("expired", swept.expired())
                        .fact("withdrawn", swept.withdrawn())
                        .fact("restricted", swept.restricted())
                        .fact("passages", swept.passages())
                        .fact("epochChanged", swept.epochChanged())));
  }
}
