package cn.mingmian.platform.recognise;

import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.enrol.Advice;
import cn.mingmian.platform.enrol.Outline;
import cn.mingmian.platform.enrol.Unusable;
import cn.mingmian.platform.permit.Refusal;
import java.util.Map;

/// What came of a verification. Only [Answered] says something about the person.
public sealed interface Verified {
  /// Compared.
  ///
  /// @param matched  whether the score reached the threshold
  /// @param cosine   -1 to 1, as it was computed
  /// @param decision the decision that permitted it
  /// @param entry    of the log
  /// @param duties   what had to accompany it, and the evidence that it did; or the task that was
  ///     opened
  record Answered(
      boolean matched,
      double cosine,
      Bar bar,
      String decision,
      EntryId entry,
      Map<String, String> duties,
      Outline face)
      implements Verified {
    public Answered {
      duties = Map.copyOf(duties);
    }
  }

  /// The law does not allow it.
  record Refused(Refusal refusal) implements Verified {}

  /// The photo gave no template.
  record PhotoUnusable(Unusable photo) implements Verified {}

  /// It looks like a picture, a screen or a mask; the law refuses to rely on it. No score is told.
  record SpoofSuspected(Refusal refusal, Advice advice, EntryId entry, Outline face)
      implements Verified {}

  /// The person has no template for this purpose here.
  record NotEnrolled() implements Verified {}

  /// There is a template, and it can no longer be used: the person has to be captured again.
  ///
  /// @param code `template-expired`, `other-model` or `template-damaged`
  record NewCaptureNeeded(String code, String why) implements Verified {}

  /// There is no such session at this checkpoint, or its sixty seconds are over.
  record NoSession() implements Verified {}
}
