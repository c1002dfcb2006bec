package cn.mingmian.platform.permit;

import cn.mingmian.law.Duty;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.permit.PermitMisusedException.Misuse;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.purposes.PurposeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The right to do one thing with one face, once, within ten seconds.
///
/// Nobody but [Permits] can make one, and it makes one only for a logged decision that permits.
/// Showing a permit uses it up, also when it was the wrong one to show. Not serialisable; dies with
/// the process. Thread-safe: of many threads that show the same permit, one succeeds.
public final class Permit implements Answer {
  /// How long a permit is good for.
  public static final Duration LIFE = Duration.ofSeconds(10);

  private final Question question;
  private final Decided decided;
  private final Gathered gathered;
  private final Instant mintedAt;
  private final Clock clock;
  private final AtomicBoolean shown = new AtomicBoolean();

  Permit(Question question, Decided decided, Gathered gathered, Instant mintedAt, Clock clock) {
    this.question = question;
    this.decided = decided;
    this.gathered = gathered;
    this.mintedAt = mintedAt;
    this.clock = clock;
  }

  /// Uses the permit up for exactly this.
  ///
  /// @throws PermitMisusedException if it was shown before, is older than [#LIFE], or is for
  /// something else
  public void use(Verb verb, PurposeId purpose, Subject subject, CheckpointId checkpoint) {
    if (!shown.compareAndSet(false, true)) throw misused(Misuse.USED_BEFORE, "it was used before");
    Instant now = clock.instant();
    if (now.isBefore(mintedAt) || Duration.between(mintedAt, now).compareTo(LIFE) > 0) {
      throw misused(Misuse.STALE, "it was made at %s, and now is %s".formatted(mintedAt, now));
    }
    refuseOther(Misuse.OTHER_VERB, question.verb().name(), verb.name());
    refuseOther(Misuse.OTHER_PURPOSE, question.purpose().value(), purpose.value());
    refuseOther(Misuse.OTHER_SUBJECT, question.subject().toString(), subject.toString());
    refuseOther(Misuse.OTHER_CHECKPOINT, question.checkpoint().value(), checkpoint.value());
  }

  private void refuseOther(Misuse misuse, String granted, String asked) {
    if (!granted.equals(asked))
      throw misused(misuse, "it is for `%s`, not for `%s`".formatted(granted, asked));
  }

  private PermitMisusedException misused(Misuse misuse, String why) {
    return new PermitMisusedException(misuse, decided.id(), why);
  }

  /// The decision that granted this.
  @Override
  public Decided decided() {
    return decided;
  }

  public Verb verb() {
    return question.verb();
  }

  public PurposeId purpose() {
    return question.purpose();
  }

  public Subject subject() {
    return question.subject();
  }

  public CheckpointId checkpoint() {
    return question.checkpoint();
  }

  /// The consent that was relied on, when the ground is consent: it must still stand when the deed
  /// is done.
  public Optional<ConsentId> consent() {
    return gathered.consent();
  }

  /// Whether the consent that was relied on names this verb too.
  public boolean consentCovers(Verb verb) {
    return gathered.consentCovers(verb);
  }

  /// When what is kept on this permit ends.
  ///
  /// @throws IllegalStateException if the decision was not about keeping anything
  public Instant expiresAt() {
    return gathered
        .expiresAt()
        .orElseThrow(
            () -> new IllegalStateException("decision `%s` sets no end".formatted(decided.id())));
  }

  /// What must follow the deed.
  public List<Duty> duties() {
    return decided.duties();
  }

  @Override
  public String toString() {
    return "Permit[%s, %s, %s]".formatted(verb(), purpose(), decided.id());
  }
}
