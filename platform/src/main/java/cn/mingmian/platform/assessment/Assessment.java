package cn.mingmian.platform.assessment;

import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// One version of an assessment.
///
/// @param version counts from 1 for each purpose and zone
/// @param zoneKind what the zone was when this was approved, or is while it is a draft
/// @param changedSince the configuration has left what was approved
/// @param incidentSince a major incident was recorded after the approval
public record Assessment(
    AssessmentId id,
    int version,
    AssessmentDraft draft,
    Zone zoneKind,
    Actor author,
    Instant writtenAt,
    Optional<Actor> approver,
    Optional<Instant> approvedAt,
    boolean changedSince,
    boolean incidentSince) {
  public boolean approved() {
    return approvedAt.isPresent();
  }
}
