package cn.mingmian.law.deadlines;

/// A provision that has no clock, or none for the event asked about.
public final class UnknownDeadlineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownDeadlineException(String problem) {
    super(problem);
  }
}
