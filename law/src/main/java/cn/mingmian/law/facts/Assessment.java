package cn.mingmian.law.facts;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The personal information protection impact assessment. Immutable; every fact may be absent.
///
/// @param status  where it stands
/// @param approvedAt  when it was approved
/// @param purpose  the purpose it covers
/// @param verbs  the verbs it covers
/// @param zone  the zone it covers
/// @param sections  the sections it has
/// @param incidentSince  a major security incident has happened since
/// @param changedSince  purpose or method has changed since
public record Assessment(
    @Nullable AssessmentStatus status,
    @Nullable Instant approvedAt,
    @Nullable PurposeKind purpose,
    @Nullable Set<Verb> verbs,
    @Nullable Zone zone,
    @Nullable Set<Section> sections,
    Truth incidentSince,
    Truth changedSince) {
  /// Nothing is known.
  public static final Assessment UNKNOWN = builder().build();

  public Assessment {
    verbs = Fixed.copy(Verb.class, verbs);
    sections = Fixed.copy(Section.class, sections);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.status = status;
    b.approvedAt = approvedAt;
    b.purpose = purpose;
    b.verbs = verbs;
    b.zone = zone;
    b.sections = sections;
    b.incidentSince = incidentSince;
    b.changedSince = changedSince;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable AssessmentStatus status;
    private @Nullable Instant approvedAt;
    private @Nullable PurposeKind purpose;
    private @Nullable Set<Verb> verbs;
    private @Nullable Zone zone;
    private @Nullable Set<Section> sections;
    private Truth incidentSince = Truth.UNKNOWN;
    private Truth changedSince = Truth.UNKNOWN;

    private Builder() {}

    public Builder status(@Nullable AssessmentStatus status) {
      this.status = status;
      return this;
    }

    public Builder approvedAt(@Nullable Instant approvedAt) {
      this.approvedAt = approvedAt;
      return this;
    }

    public Builder purpose(@Nullable PurposeKind purpose) {
      this.purpose = purpose;
      return this;
    }

    public Builder verbs(@Nullable Set<Verb> verbs) {
      this.verbs = verbs;
      return this;
    }

    public Builder verbs(Verb... verbs) {
      return verbs(Set.of(verbs));
    }

    public Builder zone(@Nullable Zone zone) {
      this.zone = zone;
      return this;
    }

    public Builder sections(@Nullable Set<Section> sections) {
      this.sections = sections;
      return this;
    }

    public Builder sections(Section... sections) {
      return sections(Set.of(sections));
    }

    public Builder incidentSince(Truth incidentSince) {
      this.incidentSince = incidentSince;
      return this;
    }

    public Builder incidentSince(boolean incidentSince) {
      return incidentSince(Truth.of(incidentSince));
    }

    public Builder changedSince(Truth changedSince) {
      this.changedSince = changedSince;
      return this;
    }

    public Builder changedSince(boolean changedSince) {
      return changedSince(Truth.of(changedSince));
    }

    public Assessment build() {
      return new Assessment(
          status, approvedAt, purpose, verbs, zone, sections, incidentSince, changedSince);
    }
  }
}
