package cn.mingmian.platform.defence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// How long something has been running: it cannot be set, so it tells when the wall clock was.
@FunctionalInterface
public interface Uptime {
  Duration now();

  /// The machine's own.
  static Uptime ofMachine() {
    return () -> Duration.ofNanos(System.nanoTime());
  }

  /// The machine's own beside the machine's clock; a clock that is moved on purpose carries its
  // own.
  static Uptime beside(Clock clock) {
    return clock.equals(Clock.systemUTC()) ? ofMachine() : following(clock);
  }

  /// Follows a clock, so that it never disagrees: where the clock is moved on purpose.
  static Uptime following(Clock clock) {
    return () -> Duration.between(Instant.EPOCH, clock.instant());
  }
}
