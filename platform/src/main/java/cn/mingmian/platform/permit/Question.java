package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Content;
import cn.mingmian.law.facts.Destination;
import cn.mingmian.law.facts.Mode;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.staff.Viewing;
import java.util.Optional;

/// May this be done with a face? Names the deed, never the facts: those are gathered from the
/// records. Immutable.
///
/// @param person   whom it is about, if anybody knows yet
/// @param subject  whom the permit will be bound to
/// @param session  the open session in which it is asked, if it happens at a checkpoint
/// @param viewing  under which registered viewing staff want to look
/// @param measured what the engine saw, once it was allowed to look
public record Question(
    Verb verb,
    PurposeId purpose,
    CheckpointId checkpoint,
    Subject subject,
    Optional<PersonId> person,
    Optional<Session> session,
    Optional<Mode> mode,
    Optional<Move> move,
    Optional<String> viewing,
    Measured measured) {

  /// Where face information would go.
  ///
  /// @param recipient who receives it
  public record Move(Destination destination, Content content, String recipient) {}

  /// Take a face out of a photo.
  ///
  /// @param named whom the person claims to be, or who is to be enrolled; empty in a 1:N session
  public static Question capture(Session session, Optional<PersonId> named) {
    return at(
        session,
        Verb.CAPTURE,
        Subject.session(session.id()),
        named,
        Optional.empty(),
        Measured.NOTHING);
  }

  /// Keep a template.
  public static Question enrol(Session session, PersonId person, Measured measured) {
    return at(
        session,
        Verb.ENROL,
        Subject.person(person),
        Optional.of(person),
        Optional.empty(),
        measured);
  }

  /// Compare with the template of the person that was named.
  public static Question verify(Session session, PersonId person, Measured measured) {
    return at(
        session,
        Verb.VERIFY,
        Subject.person(person),
        Optional.of(person),
        Optional.empty(),
        measured);
  }

  /// Search among the members; nobody knows yet who it is.
  public static Question identify(Session session, Measured measured) {
    return at(
        session,
        Verb.IDENTIFY,
        Subject.session(session.id()),
        Optional.empty(),
        Optional.of(Mode.COOPERATIVE),
        measured);
  }

  /// Name a member that the search found.
  public static Question identifyMember(Session session, PersonId person, Measured measured) {
    return at(
        session,
        Verb.IDENTIFY,
        Subject.person(person),
        Optional.of(person),
        Optional.of(Mode.COOPERATIVE),
        measured);
  }

  /// Ask whoever stands at a checkpoint whether they want to use the face.
  ///
  /// @param session the one that is about to open
  public static Question prompt(Session session) {
    return at(
        session,
        Verb.PROMPT,
        Subject.session(session.id()),
        Optional.empty(),
        Optional.empty(),
        Measured.NOTHING);
  }

  /// Switch a device on.
  public static Question deploy(PurposeId purpose, CheckpointId checkpoint) {
    return elsewhere(
        Verb.DEPLOY, purpose, checkpoint, new Subject.Nobody(), Optional.empty(), Optional.empty());
  }

  /// Destroy what is kept of a person.
  ///
  /// @param checkpoint where it was enrolled
  public static Question erase(PersonId person, PurposeId purpose, CheckpointId checkpoint) {
    return elsewhere(
        Verb.ERASE,
        purpose,
        checkpoint,
        Subject.person(person),
        Optional.of(person),
        Optional.empty());
  }

  /// Keep what is past its time, or withdrawn.
  public static Question retain(PersonId person, PurposeId purpose, CheckpointId checkpoint) {
    return elsewhere(
        Verb.RETAIN,
        purpose,
        checkpoint,
        Subject.person(person),
        Optional.of(person),
        Optional.empty());
  }

  /// Let face information leave the device.
  public static Question transmit(
      PersonId person, PurposeId purpose, CheckpointId checkpoint, Move move) {
    return elsewhere(
        Verb.TRANSMIT,
        purpose,
        checkpoint,
        Subject.person(person),
        Optional.of(person),
        Optional.of(move));
  }

  /// Staff look at what is held of a person.
  ///
  /// @param checkpoint where it was enrolled
  public static Question view(Viewing viewing, CheckpointId checkpoint) {
    return new Question(
        Verb.ACCESS,
        viewing.purpose(),
        checkpoint,
        Subject.person(viewing.person()),
        Optional.of(viewing.person()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(viewing.id()),
        Measured.NOTHING);
  }

  private static Question at(
      Session session,
      Verb verb,
      Subject subject,
      Optional<PersonId> person,
      Optional<Mode> mode,
      Measured measured) {
    return new Question(
        verb,
        session.purpose(),
        session.checkpoint(),
        subject,
        person,
        Optional.of(session),
        mode,
        Optional.empty(),
        Optional.empty(),
        measured);
  }

  private static Question elsewhere(
      Verb verb,
      PurposeId purpose,
      CheckpointId checkpoint,
      Subject subject,
      Optional<PersonId> person,
      Optional<Move> move) {
    return new Question(
        verb,
        purpose,
        checkpoint,
        subject,
        person,
        Optional.empty(),
        Optional.empty(),
        move,
        Optional.empty(),
        Measured.NOTHING);
  }
}
