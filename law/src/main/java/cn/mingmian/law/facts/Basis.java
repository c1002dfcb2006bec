package cn.mingmian.law.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The legal ground. Immutable; every fact may be absent.
///
/// @param kind  which ground
/// @param evidence  evidenced at the time
/// @param citation  the norm or order relied on; evidence
/// @param expires  when the ground ends
public record Basis(
    @Nullable Ground kind, Truth evidence, @Nullable String citation, @Nullable Instant expires) {
  /// Nothing is known.
  public static final Basis UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.kind = kind;
    b.evidence = evidence;
    b.citation = citation;
    b.expires = expires;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable Ground kind;
    private Truth evidence = Truth.UNKNOWN;
    private @Nullable String citation;
    private @Nullable Instant expires;

    private Builder() {}

    public Builder kind(@Nullable Ground kind) {
      this.kind = kind;
      return this;
    }

    public Builder evidence(Truth evidence) {
      this.evidence = evidence;
      return this;
    }

    public Builder evidence(boolean evidence) {
      return evidence(Truth.of(evidence));
    }

    public Builder citation(@Nullable String citation) {
      this.citation = citation;
      return this;
    }

    public Builder expires(@Nullable Instant expires) {
      this.expires = expires;
      return this;
    }

    public Basis build() {
      return new Basis(kind, evidence, citation, expires);
    }
  }
}
