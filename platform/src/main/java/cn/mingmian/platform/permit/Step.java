package cn.mingmian.platform.permit;

/// What somebody did at a checkpoint to ask for the face way.
public enum Step {
  /// Nothing: they only came near. No capture follows from that.
  NONE,
  PRESSED,
  SCANNED,
  SAID;

  boolean active() {
    return this != NONE;
  }
}
