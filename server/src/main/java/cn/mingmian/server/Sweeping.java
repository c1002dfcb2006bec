package cn.mingmian.server;

import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.retention.Sweeper;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Sweeps what has expired once a minute, as long as the server runs.
final class Sweeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("mingmian.sweep");

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sweep").factory());

  Sweeping(Sweeper sweeper) {
    timer.scheduleWithFixedDelay(() -> sweep(sweeper), 30, 60, TimeUnit.SECONDS);
  }

  private static void sweep(Sweeper sweeper) {
    try {
      sweeper.sweep();
    } catch (DatabaseException | DataAccessException lost) {
      LOG.atWarn().log("the records did not answer; the next sweep tries again");
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
