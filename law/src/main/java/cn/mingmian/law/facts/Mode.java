package cn.mingmian.law.facts;

/// How a search is made.
public enum Mode {
  /// The person takes part.
  COOPERATIVE,
  /// At a distance, without the person's active part.
  REMOTE
}
