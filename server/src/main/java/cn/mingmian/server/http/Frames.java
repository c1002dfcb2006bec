package cn.mingmian.server.http;

/// A failure without its words: classes and frames, never messages, since a message may quote what
/// a person typed.
public final class Frames {

  private static final int DEPTH = 24;

  private Frames() {}

  /// The classes of `failure` and its causes, each with its innermost frames, in one line.
  public static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    int causes = 0;
    for (Throwable each = failure; each != null && causes < 8; each = each.getCause(), causes++) {
      text.append(causes == 0 ? "" : " caused by ").append(each.getClass().getName());
      StackTraceElement[] frames = each.getStackTrace();
      for (int i = 0; i < Math.min(DEPTH, frames.length); i++) {
        text.append(" < ")
            .append(frames[i].getClassName())
            .append('.')
            .append(frames[i].getMethodName())
            .append(':')
            .append(frames[i].getLineNumber());
      }
    }
    return text.toString();
  }
}
