package cn.mingmian.platform.complaints;

import java.time.Instant;
import java.util.Optional;

/// A complaint as it stands.
///
/// @param number random; whoever knows it may look how it stands
/// @param about what it is about, as chosen
/// @param contact how to tell the result, if anybody wants to be told otherwise than on the page
/// @param result what came of it, once handled
public record Complaint(
    String number,
    Matter about,
    String text,
    Optional<String> contact,
    Instant receivedAt,
    State state,
    Instant changedAt,
    Optional<String> result) {

  /// law| MEASURES-2025/17: anybody may complain and report; who receives it handles it in time.
  public enum State {
    RECEIVED,
    ACCEPTED,
    HANDLED,
    RESULT_TOLD;

    boolean follows(State before) {
      return ordinal() == before.ordinal() + 1;
    }
  }

  /// What a complaint can be about.
  public enum Matter {
    FORCED_FACE,
    PRIVATE_PLACE,
    NO_SIGN,
    NO_CONSENT,
    LEAK,
    CHILD,
    RIGHTS_IGNORED,
    OTHER
  }
}
