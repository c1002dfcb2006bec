package cn.mingmian.platform.people;

import java.time.Instant;
import java.util.Optional;

/// One template that is or was held of a person; the template itself lies in the vault.
///
/// @param template 32 hexadecimal digits: the random id under which the vault keeps it
/// @param model id and version of the model that made it
/// @param eraseSecret single-use: its tag in the log ties the erasure to this row after a restore
@SuppressWarnings("ArrayRecordComponent") // handed through, never compared
public record Holding(
    HoldingId id,
    PersonId person,
    Gallery gallery,
    String template,
    String model,
    State state,
    Instant storedAt,
    Instant expiresAt,
    Optional<Instant> erasingAt,
    Optional<Instant> destroyedAt,
    byte[] eraseSecret) {
  public enum State {
    STORED,
    /// The erasure is committed; key and bytes are being destroyed. Nothing finds it any more.
    ERASING,
    DESTROYED
  }
}
