package cn.mingmian.platform.defence;

import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// An attack that was noticed. While it is open it is a task of the privacy officer. Immutable.
///
/// @param evidence what was seen, in one line
/// @param suspends whether its target stands still until somebody lifts it
/// @param lifted what a person found and did; empty while it is open
public record Alert(
    String id,
    Attack attack,
    Target target,
    Instant at,
    String evidence,
    boolean suspends,
    Optional<Lifted> lifted) {

  /// @param reason what was found, for whoever reads it later
  public record Lifted(Instant at, Actor by, String reason) {}

  boolean suspends(Target asked) {
    return suspends && target.equals(asked);
  }
}
