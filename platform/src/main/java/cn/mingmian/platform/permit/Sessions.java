package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.notices.Standing;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checkpoint sessions: somebody chose the face, actively, after notice and purpose were shown.
/// Thread-safe.
public final class Sessions {
  private final Books books;
  private final Places places;
  private final Purposes purposes;
  private final Notices notices;
  private final ModelOrigin origin;
  private final Permits permits;

  public Sessions(
      Books books,
      Places places,
      Purposes purposes,
      Notices notices,
      ModelOrigin origin,
      Permits permits) {
    this.books = books;
    this.places = places;
    this.purposes = purposes;
    this.notices = notices;
    this.origin = origin;
    this.permits = permits;
  }

  /// What a checkpoint reports when somebody chose the face there.
  ///
  /// @param step          what they did
  /// @param agreed        they agreed by it to be captured for this purpose and now
  /// @param fourteen      they said with it that they are fourteen or older
  /// @param preselected   the terminal had chosen the face for them
  /// @param noticeShown   the published notice was on the screen
  /// @param purposeShown  the checkpoint's [#words] were said or shown with it
  /// @param lasts         at most [Session#LONGEST]
  public record Opening(
      CheckpointId checkpoint,
      Step step,
      boolean agreed,
      boolean fourteen,
      boolean preselected,
      boolean noticeShown,
      boolean purposeShown,
      Duration lasts) {
    public Opening {
      if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(Session.LONGEST) > 0) {
        throw new IllegalArgumentException(
            "session of %s, expected up to %s".formatted(lasts, Session.LONGEST));
      }
    }

    /// As a terminal does it that shows notice and purpose and waits for a press.
    public static Opening pressed(CheckpointId checkpoint) {
      return new Opening(checkpoint, Step.PRESSED, true, true, false, true, true, Session.LONGEST);
    }
  }

  /// What a checkpoint has to say before anybody chooses: the purpose, and every way that is open
  /// now.
  ///
  /// @throws UnknownRecordException if there is no such checkpoint, or its purpose is not in force
  public Bilingual words(CheckpointId id) {
    Checkpoint checkpoint = require(id);
    return PromptWords.compose(
        purposes
            .inForce(checkpoint.purpose())
            .orElseThrow(() -> new UnknownRecordException("purpose", checkpoint.purpose().value())),
        places.otherWays(id).offered());
  }

  /// Opens a session, if the face may be asked for there and now; nothing is captured by that.
  ///
  /// @throws UnknownRecordException if there is no such checkpoint
  /// @throws cn.mingmian.platform.records.RejectedRecordException `model-origin-undecided`: nobody
  ///     is asked for a face that may not be looked at
  public Opened open(Opening opening) {
    Checkpoint checkpoint = require(opening.checkpoint());
    origin.requireDecided();
    SiteId site = places.zone(checkpoint.zone()).orElseThrow().site();
    Instant now = books.now();
    Session session =
        new Session(
            books.ids().next("ses"),
            checkpoint.id(),
            site,
            checkpoint.purpose(),
            opening.step(),
            opening.agreed(),
            opening.fourteen(),
            opening.preselected(),
            opening.purposeShown(),
            now,
            now.plus(opening.lasts()));
    return books
        .database()
        .inTransaction(
            () -> {
              if (opening.noticeShown()) shown(session);
              return switch (permits.ask(Question.prompt(session))) {
                case Refusal refusal -> new Opened.Refused(refusal);
                case Permit mayAsk -> opened(session, mayAsk);
              };
            });
  }

  private Opened opened(Session session, Permit mayAsk) {
    mayAsk.use(Verb.PROMPT, session.purpose(), Subject.session(session.id()), session.checkpoint());
    insert(session);
    books.tell(
        Entry.of(Kind.SESSION_OPENED)
            .fact("session", session.id())
            .fact("checkpoint", session.checkpoint())
            .fact("purpose", session.purpose())
            .fact("step", session.step()));
    Set<Alternative> ways = places.otherWays(session.checkpoint()).offered();
    // law| MEASURES-2025/10.2: the answer itself names the other ways, so no task is left to do.
    Map<DutyKind, String> done =
        ways.isEmpty()
            ? Map.of()
            : Map.of(
                DutyKind.OFFER_ALTERNATIVE, "named with the answer: %s".formatted(sorted(ways)));
    return new Opened.Open(session, ways, mayAsk.decided(), permits.settle(mayAsk, done));
  }

  private static List<Alternative> sorted(Set<Alternative> ways) {
    return ways.stream().sorted().toList();
  }

  private Checkpoint require(CheckpointId id) {
    return places
        .checkpoint(id)
        .orElseThrow(() -> new UnknownRecordException("checkpoint", id.value()));
  }

  private void insert(Session session) {
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO checkpoint_session (id, checkpoint, site, purpose, step, agreed, fourteen,
              preselected, purpose_shown, opened_at, closes_at)
            VALUES (:id, :checkpoint, :site, :purpose, :step, :agreed, :fourteen,
              :preselected, :shown, :opened, :closes)
            """)
        .param("id", session.id())
        .param("checkpoint", session.checkpoint().value())
        .param("site", session.site().value())
        .param("purpose", session.purpose().value())
        .param("step", session.step().name())
        .param("agreed", session.agreed())
        .param("fourteen", session.fourteen())
        .param("preselected", session.preselected())
        .param("shown", session.purposeShown())
        .param("opened", Books.utc(session.openedAt()))
        .param("closes", Books.utc(session.closesAt()))
        .update();
  }

  /// law| MEASURES-2025/5.1: what was on the screen counts while it tells the truth; else nothing
  /// was shown.
  private void shown(Session session) {
    if (notices.standing(session.purpose(), session.site()).filter(Standing::matches).isEmpty())
      return;
    notices.show(
        session.purpose(),
        session.site(),
        Shown.Channel.KIOSK,
        Optional.of(session.id()),
        Optional.empty());
  }

  /// A session that is open now, at this checkpoint.
  ///
  /// @return empty if it is unknown, over, or another checkpoint's
  public Optional<Session> find(String id, CheckpointId checkpoint) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM checkpoint_session WHERE id = :id AND checkpoint = :checkpoint")
        .param("id", Ids.check("ses", id))
        .param("checkpoint", checkpoint.value())
        .query(Sessions::read)
        .optional()
        .filter(session -> session.openAt(books.now()));
  }

  private static Session read(ResultSet r, int row) throws SQLException {
    return new Session(
        r.getString("id"),
        new CheckpointId(r.getString("checkpoint")),
        new SiteId(r.getString("site")),
        new PurposeId(r.getString("purpose")),
        Step.valueOf(r.getString("step")),
        r.getBoolean("agreed"),
        r.getBoolean("fourteen"),
        r.getBoolean("preselected"),
        r.getBoolean("purpose_shown"),
        r.getObject("opened_at", OffsetDateTime.class).toInstant(),
        r.getObject("closes_at", OffsetDateTime.class).toInstant());
  }
}
