package cn.mingmian.platform.audit;

import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.platform.records.TestDatabases;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Real books for one test: a fresh database, a log in a directory, and a clock that the test
/// moves.
public final class TestBooks implements AutoCloseable {
  public final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T02:00:00Z"));
  public final Database database;
  public final AuditTrail trail;
  public final Books books;

  public TestBooks(Path directory) {
    this(TestDatabases.fresh(), directory);
  }

  public TestBooks(Database database, Path directory) {
    this.database = database;
    this.trail = TestTrails.open(database, directory, clock);
    this.books = new Books(database, trail, clock, new Ids(new SecureRandom()));
  }

  /// Entries of a kind, unpublished ones included.
  public int told(Kind kind) {
    return database
        .sql()
        .sql("SELECT count(*) FROM audit_entry WHERE kind = :kind")
        .param("kind", kind.name())
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    trail.close();
    database.close();
  }

  /// A clock that stands until it is moved.
  public static final class MovableClock extends Clock {
    private volatile Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    public void forward(Duration by) {
      now = now.plus(by);
    }

    public void set(Instant at) {
      now = at;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
