package cn.mingmian.server.access;

import cn.mingmian.platform.places.DeviceId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The credential of one device: we hold its public half only. Immutable.
///
/// @param publicKey  raw Ed25519 (RFC 8032), 32 bytes in base64
/// @param maker  the hand that entered it
public record DeviceKey(
    UUID id,
    DeviceId device,
    String publicKey,
    String maker,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> revokedAt) {

  boolean worksAt(Instant now) {
    return revokedAt.isEmpty() && now.isBefore(expiresAt);
  }
}
