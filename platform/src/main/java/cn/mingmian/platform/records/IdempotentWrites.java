package cn.mingmian.platform.records;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// One effect per idempotency key: the second request with the same key gets the first answer
/// again.
///
/// The answer is stored in the transaction of the effect, so a crash leaves both or neither.
/// Thread-safe.
public final class IdempotentWrites {
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;

  public IdempotentWrites(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// What was answered.
  ///
  /// @param status  HTTP status
  /// @param body    at most 1 MiB; holds no face information
  /// @param replayed  whether it is the stored answer of an earlier request
  @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
  public record Answer(int status, byte[] body, boolean replayed) {}

  /// Does the work once per caller and key.
  ///
  /// @param requestHash  SHA-256 over what was asked, to notice a key used for something else
  /// @throws RejectedRecordException `idempotency-key-reused` if the key was used for another
  ///     request
  public Answer once(String caller, String key, byte[] requestHash, Supplier<Answer> work) {
    return database.inTransaction(
        () -> {
          // Two requests with one key wait for each other here; the lock ends with the transaction.
          database
              .sql()
              .sql("SELECT pg_advisory_xact_lock(hashtextextended(:both, 0))")
              .param("both", caller.length() + ":" + caller + key)
              .query((r, n) -> "")
              .single();
          Optional<Stored> before = find(caller, key);
          if (before.isPresent()) {
            Stored stored = before.get();
            if (!Arrays.equals(stored.hash, requestHash)) {
              throw new RejectedRecordException(
                  "idempotency-key-reused",
                  "this idempotency key was used for another request: make a new one");
            }
            return new Answer(stored.status, stored.body, true);
          }
          Answer answer = work.get();
          database
              .sql()
              .sql(
                  """
                  INSERT INTO idempotent_write (caller, key, request_hash, status, answer, done_at)
                  VALUES (:caller, :key, :hash, :status, :answer, :now)
                  """)
              .param("caller", caller)
              .param("key", key)
              .param("hash", requestHash)
              .param("status", answer.status())
              .param("answer", answer.body())
              .param("now", now())
              .update();
          return answer;
        });
  }

  /// Forgets answers older than a day.
  ///
  /// @return how many
  public int forgetOld() {
    return database
        .sql()
        .sql("DELETE FROM idempotent_write WHERE done_at < :before")
        .param("before", now().minus(KEPT_FOR))
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(byte[] hash, int status, byte[] body) {}

  private Optional<Stored> find(String caller, String key) {
    return database
        .sql()
        .sql(
            """
            SELECT request_hash, status, answer FROM idempotent_write
            WHERE caller = :caller AND key = :key
            """)
        .param("caller", caller)
        .param("key", key)
        .query((r, n) -> new Stored(r.getBytes(1), r.getInt(2), r.getBytes(3)))
        .optional();
  }
}
