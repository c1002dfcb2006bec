package cn.mingmian.platform.notices;

/// The published notice and whether it still tells the truth.
///
/// @param matches whether composing it now would give the same text
public record Standing(Notice notice, boolean matches) {
  /// The version that people must have been shown: a text that the configuration has left behind is
  /// no longer it, so nothing that was shown equals it.
  public String versionInForce() {
    return matches ? Integer.toString(notice.version()) : notice.version() + "+changed";
  }
}
