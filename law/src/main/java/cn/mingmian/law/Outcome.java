package cn.mingmian.law;

/// Whether it may be done.
public enum Outcome {
  PERMIT,
  /// It may be done, and something must accompany or follow it.
  PERMIT_WITH_DUTIES,
  REFUSE
}
