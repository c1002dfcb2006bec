package cn.mingmian.server;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.passes.OwnWays;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.retention.Sweeper;
import cn.mingmian.server.stamp.TimeStamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Sweeps what has expired once a minute, beats for the ways in that run here, tries the five
/// families of protection at start and every six hours, looks over clock, files and log every five
/// minutes, and asks for a time stamp each day, as long as the server runs: without a dated check
/// faces are refused.
final class Sweeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("mingmian.sweep");

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweep").factory());

  Sweeping(Platform platform, TimeStamps stamps, Clock clock) {
    timer.scheduleWithFixedDelay(
        () -> check(platform.controls()), 0, 6 * 60 * 60, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(
        () -> sweep(platform.sweeper(), platform.codes()), 30, 60, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(() -> beat(platform.ownWays()), 2, 20, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(() -> watch(platform.defence()), 5, 5, TimeUnit.MINUTES);
    timer.scheduleWithFixedDelay(
        () -> request(stamps, platform.trail(), clock), 10, 60, TimeUnit.MINUTES);
  }

  private static void beat(OwnWays ownWays) {
    try {
      ownWays.beat();
    } catch (DatabaseException | DataAccessException lost) {
      LOG.atWarn().log("the records did not answer; the own ways in fall silent");
    }
  }

  private static void sweep(Sweeper sweeper, Codes codes) {
    try {
      sweeper.sweep();
      codes.forget();
    } catch (DatabaseException | DataAccessException lost) {
      LOG.atWarn().log("the records did not answer; the next sweep tries again");
    }
  }

  /// Each day one checkpoint with the request about it, for a time-stamping authority.
  private static void request(TimeStamps stamps, AuditTrail trail, Clock clock) {
    try {
      String day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString();
      stamps.request(day, trail.checkpoint().bytes());
    } catch (IOException full) {
      LOG.atWarn().log("today's request for a time stamp could not be written");
    }
  }

  private static void watch(Defence defence) {
    try {
      defence.watch();
    } catch (DatabaseException | DataAccessException | UncheckedIOException lost) {
      LOG.atWarn()
          .log("records or files did not answer; the next look over clock and files tells again");
    }
  }

  private static void check(Controls controls) {
    try {
      controls.runAll();
    } catch (DatabaseException | DataAccessException lost) {
      LOG.atWarn().log("the records did not answer; protection is not shown to work");
    }
  }

  /// Waits for what runs: a check that is cut off in the middle takes the process down with it.
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.atWarn().log("a check did not end within a minute");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
