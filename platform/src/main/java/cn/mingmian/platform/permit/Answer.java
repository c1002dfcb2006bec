package cn.mingmian.platform.permit;

/// What the law says to a question: a permit, or a refusal that teaches. Both name a logged
/// decision.
public sealed interface Answer permits Permit, Refusal {
  /// The decision behind it.
  Decided decided();
}
