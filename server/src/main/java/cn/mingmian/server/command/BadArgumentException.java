package cn.mingmian.server.command;

/// A command that is called wrongly; the message says what was expected.
public final class BadArgumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadArgumentException(String problem) {
    super(problem);
  }
}
