package cn.mingmian.platform.orders;

/// The kinds of orders. Those that allow something need another person's approval.
public enum OrderKind {
  /// law| SPC-2021/9: a court orders the processing to stop.
  INJUNCTION(false),
  /// A lawful duty to preserve evidence.
  LEGAL_HOLD(false),
  /// A law or administrative regulation forbids erasing before a date.
  STATUTORY_RETENTION(true),
  /// law| SPC-2021/5: an emergency, or a ground other than consent, evidenced at the time.
  GROUND(true),
  /// law| MEASURES-2025/10.3: a norm that requires face recognition here.
  MANDATE(true),
  /// law| MEASURES-2025/5.4: a norm that dispenses with notice.
  NOTICE_EXEMPTION(true),
  /// Stands on a credit blacklist (proposals).
  ABUSER_LISTING(false);

  private final boolean needsApproval;

  OrderKind(boolean needsApproval) {
    this.needsApproval = needsApproval;
  }

  public boolean needsApproval() {
    return needsApproval;
  }
}
