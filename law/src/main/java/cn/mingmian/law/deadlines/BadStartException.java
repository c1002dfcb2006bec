package cn.mingmian.law.deadlines;

/// The start of a clock that cannot be read, or is not exact enough for a clock of hours.
public final class BadStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadStartException(String problem) {
    super(problem);
  }
}
