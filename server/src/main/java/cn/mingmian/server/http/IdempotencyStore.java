package cn.mingmian.server.http;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// First answers by idempotency key, durable for a day.
///
/// Thread-safe: the database decides who is first.
public final class IdempotencyStore {

  static final Duration KEPT_FOR = Duration.ofHours(24);

  private final JdbcClient database;
  private final Clock clock;

  /// This run of the server: an unanswered key of an earlier run was cut off.
  private final UUID run;

  /// What this run is carrying out; a key of this run without an answer that is not here had its
  /// outcome lost with the database.
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  public IdempotencyStore(JdbcClient database, Clock clock, UUID run) {
    this.database = database;
    this.clock = clock;
    this.run = run;
  }

  /// What is known of a key.
  sealed interface Known permits Fresh, Answered, UnderWay, CutOff, Different {}

  /// Nothing: this request is the first, and the key is now taken.
  record Fresh() implements Known {}

  /// The first answer.
  record Answered(int status, @Nullable String contentType, @Nullable String location, byte[] body)
      implements Known {}

  /// The first request is being carried out.
  record UnderWay() implements Known {}

  /// The server stopped while it carried out the first request.
  record CutOff() implements Known {}

  /// The key was used for another request.
  record Different() implements Known {}

  Known take(String caller, String key, byte[] requestHash) {
    boolean mine = underWay.add(caller + "/" + key);
    @Nullable Known known = null;
    try {
      known = look(caller, key, requestHash, mine);
      return known;
    } finally {
      if (mine && !(known instanceof Fresh)) {
        leave(caller, key);
      }
    }
  }

  private Known look(String caller, String key, byte[] requestHash, boolean mine) {
    Instant now = clock.instant();
    database
        .sql("delete from server_idempotency where expires_at < :now")
        .param("now", Timestamp.from(now))
        .update();
    int taken =
        database
            .sql(
                """
                insert into server_idempotency (caller, key, request_hash, run, expires_at)
                values (:caller, :key, :hash, :run, :expires) on conflict do nothing
                """)
            .param("caller", caller)
            .param("key", key)
            .param("hash", requestHash)
            .param("run", run)
            .param("expires", Timestamp.from(now.plus(KEPT_FOR)))
            .update();
    if (taken == 1) {
      return new Fresh();
    }
    List<Known> rows =
        database
            .sql(
                """
                select request_hash, run, status, content_type, location, body
                from server_idempotency where caller = :caller and key = :key
                """)
            .param("caller", caller)
            .param("key", key)
            .query(
                (row, number) -> {
                  if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
                    return (Known) new Different();
                  }
                  int status = row.getInt("status");
                  if (row.wasNull()) {
                    return run.equals(row.getObject("run", UUID.class)) && !mine
                        ? new UnderWay()
                        : new CutOff();
                  }
                  return new Answered(
                      status,
                      row.getString("content_type"),
                      row.getString("location"),
                      row.getBytes("body"));
                })
            .list();
    return rows.isEmpty() ? new UnderWay() : rows.getFirst();
  }

  void answer(String caller, String key, Answered answer) {
    database
        .sql(
            """
            update server_idempotency
            set status = :status, content_type = :type, location = :location, body = :body
            where caller = :caller and key = :key
            """)
        .param("status", answer.status())
        .param("type", answer.contentType())
        .param("location", answer.location())
        .param("body", answer.body())
        .param("caller", caller)
        .param("key", key)
        .update();
  }

  /// This run is done with a key, whatever came of it.
  void leave(String caller, String key) {
    underWay.remove(caller + "/" + key);
  }

  /// Frees a key whose request was not carried out.
  void release(String caller, String key) {
    leave(caller, key);
    database
        .sql("delete from server_idempotency where caller = :caller and key = :key")
        .param("caller", caller)
        .param("key", key)
        .update();
  }
}
