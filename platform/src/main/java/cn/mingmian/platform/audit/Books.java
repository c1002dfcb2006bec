package cn.mingmian.platform.audit;

import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// What every keeper of records works with: where rows go, where it is told, what time it is.
/// Thread-safe.
public record Books(Database database, AuditTrail trail, Clock clock, Ids ids) {
  /// The law counts days in Beijing time, whatever the machine is set to.
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /// Now, in the microseconds that the database keeps.
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  public LocalDate today() {
    return LocalDate.ofInstant(now(), SHANGHAI);
  }

  /// An instant as the database driver takes it.
  public static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  /// Records an entry in the caller's transaction.
  public EntryId tell(Entry entry) {
    return trail.append(entry);
  }
}
