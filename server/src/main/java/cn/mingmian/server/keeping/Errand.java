package cn.mingmian.server.keeping;

import java.util.Map;
import java.util.Optional;

/// What is to be done with keys, backups or a restored database.
///
/// @param act  such as `keys status`
/// @param by  who asks: the account of this machine
/// @param options  without their dashes
public record Errand(String act, String by, Map<String, String> options) {
  public Errand {
    options = Map.copyOf(options);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /// What came of it.
  ///
  /// @param code  the command's exit code
  /// @param text  for the terminal
  public record Done(int code, String text) {}
}
