package cn.mingmian.law.deadlines;

/// A file of holiday notices that cannot be believed; nothing of it is taken.
public final class HolidayFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  HolidayFileException(String file, int line, int column, String problem) {
    super("`%s` line %d column %d: %s".formatted(file, line, column, problem));
    this.line = line;
    this.column = column;
  }

  /// Line of the defect, from 1; a defect of the whole file stands on its last line.
  public int line() {
    return line;
  }

  /// Column of the defect in characters, from 1.
  public int column() {
    return column;
  }
}
