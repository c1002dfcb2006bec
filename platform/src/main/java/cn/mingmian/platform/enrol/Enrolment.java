package cn.mingmian.platform.enrol;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.UseCase;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Sessions;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.templates.Stored;
import cn.mingmian.platform.templates.Templates;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Enrolment: a photo of a person on record becomes a kept template. Thread-safe.
public final class Enrolment {
  private final Sessions sessions;
  private final Permits permits;
  private final Capture capture;
  private final Templates templates;
  private final Books books;

  public Enrolment(
      Sessions sessions, Permits permits, Capture capture, Templates templates, Books books) {
    this.sessions = sessions;
    this.permits = permits;
    this.capture = capture;
    this.templates = templates;
    this.books = books;
  }

  /// Enrols the person who opened the session; returns when it is durable, and says
  /// whether it is in the log.
  ///
  /// @param checkpoint the one that asks; it must be the session's own
  /// @param person on record, and asked for consent before
  /// @param photo  JPEG, PNG, BMP or WebP; taken over, and zeroed whatever comes of it
  public Enrolled enrol(String sessionId, CheckpointId checkpoint, PersonId person, byte[] photo) {
    try {
      Optional<Session> open = sessions.find(sessionId, checkpoint);
      if (open.isEmpty()) return new Enrolled.NoSession();
      Session session = open.get();
      return switch (permits.ask(Question.capture(session, Optional.of(person)))) {
        case Refusal refusal -> new Enrolled.Refused(refusal);
        case Permit mayCapture -> {
          try (Analysis seen = capture.look(mayCapture, session, photo, UseCase.ENROLMENT)) {
            yield judge(session, person, seen);
          }
        }
      };
    } finally {
      Arrays.fill(photo, (byte) 0);
    }
  }

  private Enrolled judge(Session session, PersonId person, Analysis seen) {
    return switch (seen) {
      case Analysis.OneFace one -> keep(session, person, one);
      case Analysis.SpoofSuspected spoof ->
          new Enrolled.SpoofSuspected(
              Advice.of("SPOOF_SUSPECTED", spoof.advice()),
              Optional.of(suspected(session)),
              Outline.of(spoof.face()));
      default -> new Enrolled.PhotoUnusable(Unusable.of(seen).orElseThrow());
    };
  }

  private Enrolled keep(Session session, PersonId person, Analysis.OneFace one) {
    return switch (permits.ask(Question.enrol(session, person, capture.measured(one)))) {
      case Refusal refusal -> new Enrolled.Refused(refusal);
      case Permit mayEnrol -> {
        Stored stored =
            one.template()
                .withValues(
                    floats -> templates.store(mayEnrol, session, person, capture.model(), floats));
        yield switch (stored) {
          case Stored.Kept kept -> {
            boolean inTheLog = permits.published(kept.entry());
            Map<String, String> duties = permits.settle(mayEnrol, evidence(kept, one, inTheLog));
            yield new Enrolled.Done(
                mayEnrol.decided().id(),
                kept.entry(),
                inTheLog,
                kept.enrolledAt(),
                kept.expiresAt(),
                duties,
                Outline.of(one.face()));
          }
          case Stored.AlreadyThere there ->
              new Enrolled.AlreadyEnrolled(there.enrolledAt(), there.expiresAt());
          case Stored.ConsentGone gone -> new Enrolled.ConsentWithdrawn(gone.withdrawnAt());
        };
      }
    };
  }

  /// What this code has done of the duties by the time it says so.
  private static Map<DutyKind, String> evidence(
      Stored.Kept kept, Analysis.OneFace one, boolean inTheLog) {
    Map<DutyKind, String> done = new EnumMap<>(DutyKind.class);
    // law| GBT-41819/d: the engine destroyed the frame before it answered; the upload is zeroed on
    // the way out.
    done.put(DutyKind.DELETE_RAW_IMAGE, "frame and upload zeroed, nothing written");
    done.put(
        DutyKind.DISCARD_BYSTANDERS,
        "%d other faces dropped before any template".formatted(one.dropped()));
    // law| MEASURES-2025/8.2: the template carries its end with it; the sweeper and every reader
    // hold to it.
    done.put(DutyKind.ERASE_AT_EXPIRY, "template ends at %s".formatted(kept.expiresAt()));
    // Committed either way; a log that is slow or out of reach is not called written.
    done.put(
        DutyKind.RECORD_PROCESSING,
        (inTheLog ? "log entry %s" : "committed as %s, not yet in the log: its receipt follows")
            .formatted(kept.entry()));
    return done;
  }

  private EntryId suspected(Session session) {
    return books
        .database()
        .inTransaction(
            () ->
                books.tell(
                    Entry.of(Kind.SPOOF_SUSPECTED)
                        .fact("purpose", session.purpose())
                        .fact("checkpoint", session.checkpoint())
                        .fact("verb", "ENROL")));
  }
}
