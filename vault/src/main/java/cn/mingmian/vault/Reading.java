package cn.mingmian.vault;

import java.time.Instant;

/// What came of asking for one template. Only [Read] holds a value; every other case names itself.
public sealed interface Reading<T> {
  record Read<T>(T value) implements Reading<T> {}

  /// No such template: it never was, or it was erased.
  record NotHeld<T>(TemplateId template) implements Reading<T> {}

  /// Its time is over, whether or not it was erased yet.
  record Expired<T>(TemplateId template, Instant expiredAt) implements Reading<T> {}

  /// It was sealed for something else than the caller expects.
  record OtherBinding<T>(TemplateId template, Binding expected, Binding found)
      implements Reading<T> {}

  /// The file cannot be trusted any more; the person has to be captured again.
  record Damaged<T>(TemplateId template, Damage damage, String detail) implements Reading<T> {}

  /// How a sealed template can be damaged.
  enum Damage {
    /// The file is gone though its keys are there.
    MISSING,
    /// The file is shorter or longer than its header says.
    WRONG_LENGTH,
    /// The file does not begin as a template does.
    NOT_A_TEMPLATE,
    /// A later version of this software wrote it.
    UNKNOWN_VERSION,
    /// The file belongs to another template, key, gallery or vault: it was moved or put back.
    MISPLACED,
    /// The authentication tag does not fit: some bit of the file was changed.
    ALTERED,
    /// The stored key does not unwrap: the key table was changed.
    KEY_ALTERED
  }
}
