package cn.mingmian.platform.consent;

import cn.mingmian.law.facts.Attribute;
import cn.mingmian.law.facts.ConsentBy;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.PurposeId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A consent as it stands. What kind it is was derived from the act.
///
/// @param guardianVerified whether the relation stood when it was given
/// @param noticeVersion the version of the notice that was shown before
/// @param conditional no other way stood open when it was asked
/// @param voidedAt when it was found to have been forced or obtained by deceit
public record Consent(
    ConsentId id,
    PersonId person,
    PurposeId purpose,
    Set<Verb> operations,
    Set<Attribute> attributes,
    Optional<String> recipient,
    ConsentForm form,
    ConsentBy by,
    boolean guardianVerified,
    int noticeVersion,
    boolean preTicked,
    boolean conditional,
    String channel,
    String evidenceHash,
    Instant givenAt,
    Optional<Instant> withdrawnAt,
    Optional<Instant> voidedAt) {
  /// Whether it is one that the law knows, and nobody took it back or found it to be void.
  boolean stands() {
    return (form == ConsentForm.SEPARATE || form == ConsentForm.WRITTEN)
        && withdrawnAt.isEmpty()
        && voidedAt.isEmpty();
  }

  public boolean withdrawn(Instant at) {
    return withdrawnAt.map(w -> !at.isBefore(w)).orElse(false);
  }
}
