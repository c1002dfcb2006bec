package cn.mingmian.platform.consent;

import cn.mingmian.law.facts.Attribute;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.notices.ShownId;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.PurposeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How somebody agreed, as the page or desk saw it happen.
///
/// @param person whose face it is about
/// @param operations the verbs agreed to
/// @param attributes for `ANALYSE`: which
/// @param recipient for `TRANSMIT` and `PROVIDE`: to whom
/// @param guardianship where a guardian agreed: by which verified relation
/// @param notice which showing of the notice it rests on
/// @param act how it happened
public record ConsentDraft(
    PersonId person,
    PurposeId purpose,
    Set<Verb> operations,
    Set<Attribute> attributes,
    Optional<String> recipient,
    Optional<GuardianshipId> guardianship,
    ShownId notice,
    Act act) {
  public ConsentDraft {
    operations = Set.copyOf(operations);
    attributes = Set.copyOf(attributes);
  }

  /// The act itself.
  ///
  /// @param id names the act; an act serves one consent and no other
  /// @param channel where it happened, such as `portal`, `kiosk`, `desk`
  /// @param explicit the person did something of their own to agree: pressed, signed, said
  /// @param preTicked the choice was already made when the page appeared
  /// @param togetherWith what else the same act agreed to; anything there makes it bundled
  /// @param otherWaysStanding how many ways without the face stood open when it was asked
  /// @param documentHash SHA-256 of the signed document, hexadecimal, where there is one
  /// @param evidenceHash SHA-256 of what was on the screen or paper, hexadecimal
  public record Act(
      String id,
      String channel,
      boolean explicit,
      boolean preTicked,
      List<String> togetherWith,
      int otherWaysStanding,
      Optional<String> documentHash,
      String evidenceHash) {
    public Act {
      togetherWith = List.copyOf(togetherWith);
    }
  }
}
