package cn.mingmian.law.facts;

import org.jspecify.annotations.Nullable;

/// A norm that requires or dispenses. Immutable; every fact may be absent.
///
/// @param level  how high it stands
/// @param citation  which one; evidence
public record Mandate(@Nullable NormLevel level, @Nullable String citation) {
  /// Nothing is known.
  public static final Mandate UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.level = level;
    b.citation = citation;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable NormLevel level;
    private @Nullable String citation;

    private Builder() {}

    public Builder level(@Nullable NormLevel level) {
      this.level = level;
      return this;
    }

    public Builder citation(@Nullable String citation) {
      this.citation = citation;
      return this;
    }

    public Mandate build() {
      return new Mandate(level, citation);
    }
  }
}
