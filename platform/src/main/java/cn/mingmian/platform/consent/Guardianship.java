package cn.mingmian.platform.consent;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// That staff saw the proof that somebody is a child's guardian.
///
/// @param documentHash SHA-256 of the proof, hexadecimal; the proof itself is not kept here
public record Guardianship(
    GuardianshipId id,
    PersonId child,
    PersonId guardian,
    String documentHash,
    Actor verifiedBy,
    Instant verifiedAt,
    Optional<Instant> endedAt) {
  public boolean stood(Instant at) {
    return !at.isBefore(verifiedAt) && endedAt.map(at::isBefore).orElse(true);
  }
}
