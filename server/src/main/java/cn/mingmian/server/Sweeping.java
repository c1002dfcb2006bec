package cn.mingmian.server;

import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.passes.OwnWays;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.retention.Sweeper;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Sweeps what has expired once a minute, beats for the ways in that run here, and tries the five
// families of protection at start and
/// every six hours, as long as the server runs: without a dated check faces are refused.
final class Sweeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("mingmian.sweep");

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweep").factory());

  Sweeping(Sweeper sweeper, Controls controls, OwnWays ownWays, Codes codes) {
    timer.scheduleWithFixedDelay(() -> check(controls), 0, 6 * 60 * 60, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(() -> sweep(sweeper, codes), 30, 60, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(() -> beat(ownWays), 2, 20, TimeUnit.SECONDS);
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
