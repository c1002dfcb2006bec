package cn.mingmian.law.facts;

/// What the processing serves.
public enum Activity {
  OPERATION,
  /// Development and training of algorithms.
  RESEARCH,
  HOUSEHOLD
}
