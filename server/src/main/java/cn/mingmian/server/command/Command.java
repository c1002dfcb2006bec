package cn.mingmian.server.command;

/// One command of the command line.
public interface Command {

  /// It did what was asked.
  int OK = 0;

  /// It worked, and the answer is no: a disagreement, a failed check, a refusal.
  int FAILED = 1;

  /// It could not be done as asked: bad arguments, an unreadable file.
  int BAD_INPUT = 2;

  /// The first word on the command line.
  String name();

  /// How it is called, without its name; such as `RULE DATE [--event E]`.
  String synopsis();

  /// What it does, in one line, Chinese and English.
  String purpose();

  /// Does it.
  ///
  /// @return the exit code
  /// @throws BadArgumentException when it is called wrongly
  int run(Arguments arguments, Console console);
}
