package cn.mingmian.server.command;

import java.io.PrintStream;
import java.time.Clock;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Where a command writes.
///
/// @param out  answers
/// @param err  complaints and progress
public record Console(PrintStream out, PrintStream err, Clock clock) {

  /// Prints a line of the answer.
  public void say(String line, Object... values) {
    out.println(values.length == 0 ? line : line.formatted(values));
  }

  /// Prints a line that is not the answer.
  public void complain(String line, Object... values) {
    err.println(values.length == 0 ? line : line.formatted(values));
  }

  /// Prints the answer as JSON, two spaces deep.
  public void json(Object answer) {
    out.println(
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(answer));
  }
}
