package cn.mingmian.law.lint;

/// A text longer than any consent text: it is not read at all.
public final class TextTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TextTooLongException(int found, int most) {
    super("the text has %d characters: expected at most %d".formatted(found, most));
  }
}
