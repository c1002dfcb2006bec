package cn.mingmian.platform.enrol;

import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.permit.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What came of an enrolment. Only [Done] kept something.
public sealed interface Enrolled {
  /// Kept and owned, on the disk.
  ///
  /// @param decision the decision that permitted it
  /// @param entry    of the log: its receipt is the person's proof
  /// @param logged   whether it is in the log yet; if not, its receipt follows
  /// @param duties   what had to accompany it, and the evidence that it did; or the task that was
  ///     opened
  record Done(
      String decision,
      EntryId entry,
      boolean logged,
      Instant enrolledAt,
      Instant expiresAt,
      Map<String, String> duties,
      Outline face)
      implements Enrolled {
    public Done {
      duties = Map.copyOf(duties);
    }
  }

  /// The law does not allow it.
  record Refused(Refusal refusal) implements Enrolled {}

  /// The photo gave no template.
  record PhotoUnusable(Unusable photo) implements Enrolled {}

  /// It looks like a picture, a screen or a mask. No score is told: it would teach an attacker.
  record SpoofSuspected(Advice advice, Optional<EntryId> entry, Outline face) implements Enrolled {}

  /// The person has a template for this purpose at this site.
  record AlreadyEnrolled(Instant enrolledAt, Instant expiresAt) implements Enrolled {}

  /// The consent was withdrawn while the photo was being looked at; nothing was kept.
  record ConsentWithdrawn(Instant withdrawnAt) implements Enrolled {}

  /// There is no such session at this checkpoint, or its sixty seconds are over.
  record NoSession() implements Enrolled {}
}
