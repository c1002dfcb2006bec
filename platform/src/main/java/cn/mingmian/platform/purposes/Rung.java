package cn.mingmian.platform.purposes;

import cn.mingmian.law.facts.Verb;

/// The ladder of means, mildest first.
///
/// law| MEASURES-2025/4.2: the way that affects the person least.
public enum Rung {
  NO_FACE,
  /// 1:1 against a template that the person carries; nothing is stored.
  ONE_TO_ONE_CARRIED,
  ONE_TO_ONE,
  /// 1:N among people who asked for it.
  CLOSED_GROUP,
  /// 1:N among people who did not.
  OPEN_GROUP,
  ANALYSIS;

  /// The mildest rung on which a verb stands; `NO_FACE` if the verb chooses no means by itself.
  static Rung of(Verb verb) {
    return switch (verb) {
      case VERIFY -> ONE_TO_ONE;
      case IDENTIFY -> CLOSED_GROUP;
      case ANALYSE -> ANALYSIS;
      default -> NO_FACE;
    };
  }
}
