package cn.mingmian.server.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// An API key as it is on record: everything but the secret, of which only a hash is kept.
///
/// Immutable.
///
/// @param label  what it is for, in the operator's words; no person's name belongs here
/// @param holder  the hand that acts with it: what one holder writes, another must approve
/// @param purpose  the only purpose it may be used for; empty means every purpose
public record ApiKey(
    UUID id,
    String label,
    String holder,
    Set<Scope> scopes,
    Optional<String> purpose,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> revokedAt) {

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  boolean worksAt(Instant now) {
    return revokedAt.isEmpty() && now.isBefore(expiresAt);
  }
}
