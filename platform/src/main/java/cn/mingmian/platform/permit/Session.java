package cn.mingmian.platform.permit;

import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import java.time.Duration;
import java.time.Instant;

/// Somebody chose the face at a checkpoint, after the notice and the purpose were shown. It tells
/// no more than that: not who, and no picture. Immutable.
///
/// @param checkpoint    the one it is bound to
/// @param site          where that stands
/// @param step          what they did to choose
/// @param agreed        they agreed, by that step, to be captured for this purpose and now
/// @param fourteen      they said with it that they are fourteen or older
/// @param preselected   the terminal had chosen the face for them
/// @param purposeShown  the checkpoint's words, which name the purpose, were said or shown
/// @param closesAt      at most sixty seconds after opening
public record Session(
    String id,
    CheckpointId checkpoint,
    SiteId site,
    PurposeId purpose,
    Step step,
    boolean agreed,
    boolean fourteen,
    boolean preselected,
    boolean purposeShown,
    Instant openedAt,
    Instant closesAt) {
  /// The longest a session stays open.
  public static final Duration LONGEST = Duration.ofSeconds(60);

  /// Whether it is open then; a clock that went back closes it too.
  boolean openAt(Instant now) {
    return !now.isBefore(openedAt) && now.isBefore(closesAt);
  }
}
