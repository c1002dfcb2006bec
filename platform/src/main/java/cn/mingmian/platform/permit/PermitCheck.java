package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Control;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.controls.SelfCheck;
import cn.mingmian.platform.permit.PermitMisusedException.Misuse;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.purposes.PurposeId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// Asks for what nobody recorded, which must be refused; and misuses a permit in every way, each of
/// which must fail. The permits of this check are for a purpose and a checkpoint that cannot exist.
public final class PermitCheck implements SelfCheck {
  private final Permits permits;
  private final Books books;

  public PermitCheck(Permits permits, Books books) {
    this.permits = permits;
    this.books = books;
  }

  @Override
  public Control family() {
    return Control.AUTHORISATION;
  }

  @Override
  public String name() {
    return "permits";
  }

  @Override
  public Outcome run() {
    PurposeId purpose = new PurposeId(books.ids().next("pur"));
    CheckpointId checkpoint = new CheckpointId(books.ids().next("chk"));
    Question question = Question.deploy(purpose, checkpoint);
    if (!(permits.ask(question) instanceof Refusal refusal)) {
      return new Outcome(false, "an unknown purpose was permitted");
    }
    Instant now = books.now();
    Clock still = Clock.fixed(now, ZoneOffset.UTC);
    Clock later = Clock.fixed(now.plus(Permit.LIFE).plusMillis(1), ZoneOffset.UTC);
    Subject nobody = question.subject();
    Optional<Misuse> verb =
        misuse(permit(question, refusal, now, still), Verb.ENROL, purpose, nobody, checkpoint);
    Optional<Misuse> subject =
        misuse(
            permit(question, refusal, now, still),
            Verb.DEPLOY,
            purpose,
            Subject.session("other"),
            checkpoint);
    Optional<Misuse> stale =
        misuse(permit(question, refusal, now, later), Verb.DEPLOY, purpose, nobody, checkpoint);
    Permit once = permit(question, refusal, now, still);
    Optional<Misuse> first = misuse(once, Verb.DEPLOY, purpose, nobody, checkpoint);
    Optional<Misuse> again = misuse(once, Verb.DEPLOY, purpose, nobody, checkpoint);
    boolean held =
        verb.equals(Optional.of(Misuse.OTHER_VERB))
            && subject.equals(Optional.of(Misuse.OTHER_SUBJECT))
            && stale.equals(Optional.of(Misuse.STALE))
            && first.isEmpty()
            && again.equals(Optional.of(Misuse.USED_BEFORE));
    return new Outcome(
        held,
        held
            ? "an unknown purpose was refused under %d rules; a permit for another verb, for somebody else, too old or used was turned away"
                .formatted(refusal.findings().size())
            : "a misused permit was accepted: %s %s %s %s %s"
                .formatted(verb, subject, stale, first, again));
  }

  private static Permit permit(Question question, Refusal refusal, Instant mintedAt, Clock clock) {
    return new Permit(question, refusal.decided(), refusal.decided().gathered(), mintedAt, clock);
  }

  private static Optional<Misuse> misuse(
      Permit permit, Verb verb, PurposeId purpose, Subject subject, CheckpointId checkpoint) {
    try {
      permit.use(verb, purpose, subject, checkpoint);
      return Optional.empty();
    } catch (PermitMisusedException misused) {
      return Optional.of(misused.misuse());
    }
  }
}
