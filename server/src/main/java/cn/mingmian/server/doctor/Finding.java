package cn.mingmian.server.doctor;

import cn.mingmian.law.rules.Text;
import java.util.Optional;

/// One thing that was examined. Immutable.
///
/// @param name in `lower-case-with-hyphens`, stable, for programs
/// @param title what was examined, for people
/// @param found what was there, in one line, without secrets
/// @param remedy what to do about it; absent where all is well
public record Finding(String name, Text title, State state, String found, Optional<Text> remedy) {
  public enum State {
    SOUND,
    /// Works, and somebody should decide or do something.
    NOTICE,
    /// Does not work, or would not in an emergency.
    BROKEN;

    /// One character, as a column of them is read.
    public String mark() {
      return switch (this) {
        case SOUND -> "✓";
        case NOTICE -> "!";
        case BROKEN -> "✗";
      };
    }
  }

  static Finding sound(String name, Text title, String found) {
    return new Finding(name, title, State.SOUND, found, Optional.empty());
  }

  static Finding notice(String name, Text title, String found, Text remedy) {
    return new Finding(name, title, State.NOTICE, found, Optional.of(remedy));
  }

  static Finding broken(String name, Text title, String found, Text remedy) {
    return new Finding(name, title, State.BROKEN, found, Optional.of(remedy));
  }
}
