package cn.mingmian.platform.recognise;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.Calibration;
import cn.mingmian.engine.UseCase;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.defence.Signal;
import cn.mingmian.platform.enrol.Advice;
import cn.mingmian.platform.enrol.Capture;
import cn.mingmian.platform.enrol.Outline;
import cn.mingmian.platform.enrol.Unusable;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Answer;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Sessions;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.platform.templates.Compared;
import cn.mingmian.platform.templates.Found;
import cn.mingmian.platform.templates.Found.Candidate;
import cn.mingmian.platform.templates.Templates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recognition at a checkpoint: verification of a named person, identification among consenting
/// members. Each is one method that reads top to bottom. Thread-safe.
public final class Recognition {
  private final Sessions sessions;
  private final Permits permits;
  private final Capture capture;
  private final Templates templates;
  private final Purposes purposes;
  private final Defence defence;
  private final Books books;

  public Recognition(
      Sessions sessions,
      Permits permits,
      Capture capture,
      Templates templates,
      Purposes purposes,
      Defence defence,
      Books books) {
    this.sessions = sessions;
    this.permits = permits;
    this.capture = capture;
    this.templates = templates;
    this.purposes = purposes;
    this.defence = defence;
    this.books = books;
  }

  // ---- 1:1

  /// Is this the person it claims to be?
  ///
  /// @param checkpoint the one that asks; it must be the session's own
  /// @param person whom they claim to be
  /// @param photo  JPEG, PNG, BMP or WebP; taken over, and zeroed whatever comes of it
  public Verified verify(String sessionId, CheckpointId checkpoint, PersonId person, byte[] photo) {
    try {
      Optional<Session> open = sessions.find(sessionId, checkpoint);
      if (open.isEmpty()) return new Verified.NoSession();
      Session session = open.get();
      Answer mayCapture = permits.ask(Question.capture(session, Optional.of(person)));
      if (mayCapture instanceof Refusal refusal) return new Verified.Refused(refusal);

      try (Analysis seen = capture.look((Permit) mayCapture, session, photo, UseCase.PROBE)) {
        Optional<Unusable> unusable = Unusable.of(seen);
        if (unusable.isPresent()) return new Verified.PhotoUnusable(unusable.get());

        Answer mayVerify = permits.ask(Question.verify(session, person, capture.measured(seen)));
        if (seen instanceof Analysis.SpoofSuspected spoof)
          return suspected(session, mayVerify, spoof);
        if (mayVerify instanceof Refusal refusal) return new Verified.Refused(refusal);

        return compare(session, (Permit) mayVerify, person, (Analysis.OneFace) seen);
      }
    } finally {
      Arrays.fill(photo, (byte) 0);
    }
  }

  private Verified compare(
      Session session, Permit mayVerify, PersonId person, Analysis.OneFace face) {
    Calibration calibration = capture.calibration();
    double threshold = calibration.thresholdForFmr(wishedRate(session));
    Compared compared =
        face.template()
            .withValues(
                probe -> templates.compare(mayVerify, session, person, capture.model(), probe));
    return switch (compared) {
      case Compared.Score score -> {
        boolean matched = score.cosine() >= threshold;
        Bar bar = new Bar(threshold, calibration.fmrAt(threshold));
        EntryId entry = logVerified(session, mayVerify, person, matched, bar);
        defence.see(new Signal.Compared(session.checkpoint(), person, matched, score.cosine()));
        yield new Verified.Answered(
            matched,
            score.cosine(),
            bar,
            mayVerify.decided().id(),
            entry,
            permits.settle(mayVerify, evidence(session, entry, face)),
            Outline.of(face.face()));
      }
      case Compared.NotEnrolled none -> new Verified.NotEnrolled();
      case Compared.Expired expired ->
          new Verified.NewCaptureNeeded(
              "template-expired", "it ended at %s".formatted(expired.expiredAt()));
      case Compared.OtherModel other ->
          new Verified.NewCaptureNeeded(
              "other-model",
              "it was made by `%s`, this is `%s`".formatted(other.made(), other.asked()));
      case Compared.Damaged damaged ->
          new Verified.NewCaptureNeeded("template-damaged", damaged.detail());
    };
  }

  private Verified suspected(Session session, Answer answer, Analysis.SpoofSuspected spoof) {
    // law| MEASURES-2025/14.1: an attack that was seen is defended against: the rulebook refuses
    // without liveness.
    if (!(answer instanceof Refusal refusal)) {
      throw new IllegalStateException(
          "decision `%s` permits a verification without liveness".formatted(answer.decided().id()));
    }
    return new Verified.SpoofSuspected(
        refusal,
        Advice.of("SPOOF_SUSPECTED", spoof.advice()),
        logSuspected(session, "VERIFY"),
        Outline.of(spoof.face()));
  }

  // ---- 1:N

  /// Which member is this, among those who agreed to be searched for? Only for whoever opened the
  /// session.
  ///
  /// @param checkpoint the one that asks; it must be the session's own
  /// @param photo  JPEG, PNG, BMP or WebP; taken over, and zeroed whatever comes of it
  public Identified identify(String sessionId, CheckpointId checkpoint, byte[] photo) {
    try {
      Optional<Session> open = sessions.find(sessionId, checkpoint);
      if (open.isEmpty()) return new Identified.NoSession();
      Session session = open.get();
      Answer mayCapture = permits.ask(Question.capture(session, Optional.empty()));
      if (mayCapture instanceof Refusal refusal) return new Identified.Refused(refusal);

      try (Analysis seen = capture.look((Permit) mayCapture, session, photo, UseCase.PROBE)) {
        Optional<Unusable> unusable = Unusable.of(seen);
        if (unusable.isPresent()) return new Identified.PhotoUnusable(unusable.get());
        if (seen instanceof Analysis.SpoofSuspected spoof) return suspected(session, spoof);

        Answer maySearch = permits.ask(Question.identify(session, capture.measured(seen)));
        if (maySearch instanceof Refusal refusal) return new Identified.Refused(refusal);

        return search(session, (Permit) maySearch, (Analysis.OneFace) seen);
      }
    } finally {
      Arrays.fill(photo, (byte) 0);
    }
  }

  private Identified search(Session session, Permit maySearch, Analysis.OneFace face) {
    Calibration calibration = capture.calibration();
    int members = Math.max(1, templates.searchable(session));
    double threshold = calibration.thresholdForFmr(wishedRate(session));
    Found found =
        face.template()
            .withValues(
                probe -> templates.search(maySearch, session, capture.model(), probe, threshold));
    List<Identified.Member> named = new ArrayList<>();
    for (Candidate candidate : found.candidates()) {
      // law| PIPL/29, MEASURES-2025/6.1: nobody is named on the consent of others; a refused hit is
      // unknown.
      if (permits.ask(Question.identifyMember(session, candidate.person(), capture.measured(face)))
          instanceof Permit mayName) {
        templates
            .name(mayName, session, candidate)
            .ifPresent(
                c ->
                    named.add(
                        new Identified.Member(c.person(), c.cosine(), mayName.decided().id())));
      }
    }
    Bar bar = new Bar(threshold, calibration.fmrAt(threshold));
    EntryId entry = logIdentified(session, maySearch, named, found, bar);
    defence.see(new Signal.Searched(session.checkpoint(), named.isEmpty()));
    return new Identified.Answered(
        named,
        found.searched(),
        bar,
        -Math.expm1(members * Math.log1p(-bar.fmr())),
        maySearch.decided().id(),
        entry,
        permits.settle(maySearch, evidence(session, entry, face)),
        Outline.of(face.face()));
  }

  private Identified suspected(Session session, Analysis.SpoofSuspected spoof) {
    return new Identified.SpoofSuspected(
        Advice.of("SPOOF_SUSPECTED", spoof.advice()),
        logSuspected(session, "IDENTIFY"),
        Outline.of(spoof.face()));
  }

  /// The rate that the purpose in force asks for: threshold and rate are part of what was approved.
  private double wishedRate(Session session) {
    return purposes
        .inForce(session.purpose())
        .orElseThrow(() -> new UnknownRecordException("purpose", session.purpose().value()))
        .terms()
        .falseMatchRate();
  }

  // ---- what is remembered

  private EntryId logVerified(
      Session session, Permit permit, PersonId person, boolean matched, Bar bar) {
    return books
        .database()
        .inTransaction(
            () ->
                books.tell(
                    about(session, permit, Kind.VERIFIED)
                        .fact("matched", matched)
                        .fact("threshold", bar.threshold())
                        .fact("fmr", bar.fmr())
                        .about(person.value())));
  }

  private EntryId logIdentified(
      Session session, Permit permit, List<Identified.Member> named, Found found, Bar bar) {
    return books
        .database()
        .inTransaction(
            () ->
                books.tell(
                    about(session, permit, Kind.IDENTIFIED)
                        .fact("searched", found.searched())
                        .fact("unreadable", found.damaged())
                        .fact("named", named.size())
                        .fact("threshold", bar.threshold())
                        .fact("fmr", bar.fmr())
                        .sealed(
                            "members",
                            named.stream().map(member -> member.person().value()).toList())));
  }

  private static Entry about(Session session, Permit permit, Kind kind) {
    return Entry.of(kind)
        .fact("purpose", session.purpose())
        .fact("checkpoint", session.checkpoint())
        .fact("decision", permit.decided().id());
  }

  private EntryId logSuspected(Session session, String verb) {
    return books
        .database()
        .inTransaction(
            () ->
                books.tell(
                    Entry.of(Kind.SPOOF_SUSPECTED)
                        .fact("purpose", session.purpose())
                        .fact("checkpoint", session.checkpoint())
                        .fact("verb", verb)));
  }

  /// What this code has done of the duties by the time it says so.
  private static Map<DutyKind, String> evidence(
      Session session, EntryId entry, Analysis.OneFace face) {
    Map<DutyKind, String> done = new EnumMap<>(DutyKind.class);
    // law| GBT-41819/d: the engine destroyed the frame before it answered; the upload is zeroed on
    // the way out.
    done.put(DutyKind.DELETE_RAW_IMAGE, "frame and upload zeroed, nothing written");
    // law| NDSR/24: whoever stood by was dropped before any template of them existed.
    done.put(
        DutyKind.DISCARD_BYSTANDERS,
        "%d other faces dropped before any template".formatted(face.dropped()));
    done.put(DutyKind.RECORD_PROCESSING, "log entry %s".formatted(entry));
    if (session.purposeShown()) {
      done.put(DutyKind.STATE_PURPOSE, "shown when session %s opened".formatted(session.id()));
    }
    return done;
  }
}
