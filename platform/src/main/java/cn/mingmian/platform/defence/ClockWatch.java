package cn.mingmian.platform.defence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Holds the wall clock against running time. A clock that steps back makes old consents young
/// again and lets what ended begin anew; one that jumps ahead ends what still runs. Thread-safe.
final class ClockWatch {
  /// Clocks of one machine may disagree by that, and time servers slew within it.
  static final Duration MOST_BACK = Duration.ofSeconds(2);

  /// A machine that slept wakes up with a jump, and somebody should look at that, too.
  static final Duration MOST_AHEAD = Duration.ofSeconds(60);

  private final Clock clock;
  private final Uptime uptime;
  private Instant wall;
  private Duration ran;

  ClockWatch(Clock clock, Uptime uptime) {
    this.clock = clock;
    this.uptime = uptime;
    this.wall = clock.instant();
    this.ran = uptime.now();
  }

  /// @return how the clock was moved; empty if it was not. A move is told until it is accepted
  synchronized Optional<String> look() {
    Instant now = clock.instant();
    Duration running = uptime.now();
    Duration off = Duration.between(wall, now).minus(running.minus(ran));
    if (off.compareTo(MOST_AHEAD) > 0) {
      return Optional.of("the clock jumped ahead by %s, to %s".formatted(off, now));
    }
    if (off.compareTo(MOST_BACK.negated()) < 0) {
      return Optional.of("the clock went back by %s, to %s".formatted(off.negated(), now));
    }
    wall = now;
    ran = running;
    return Optional.empty();
  }

  /// Somebody looked: the time that the clock shows now is right.
  synchronized void accept() {
    wall = clock.instant();
    ran = uptime.now();
  }
}
