package cn.mingmian.platform.templates;

import java.time.Instant;

/// What came of comparing a face with the template of one person.
public sealed interface Compared {
  /// @param cosine -1 to 1
  record Score(double cosine) implements Compared {}

  /// The person has no template here: never enrolled, withdrawn or erased.
  record NotEnrolled() implements Compared {}

  /// Its time is over, whether or not the sweeper came by yet.
  record Expired(Instant expiredAt) implements Compared {}

  /// The template was made by another model: the person has to be captured again.
  record OtherModel(String made, String asked) implements Compared {}

  /// The sealed file cannot be trusted any more: the person has to be captured again.
  record Damaged(String detail) implements Compared {}
}
