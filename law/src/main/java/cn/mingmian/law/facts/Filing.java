package cn.mingmian.law.facts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The filing of MEASURES-2025/15. Immutable; every fact may be absent.
///
/// @param status  where it stands
/// @param reachedOn  the Shanghai day on which 100,000 persons were reached; it latches
public record Filing(@Nullable FilingStatus status, @Nullable LocalDate reachedOn) {
  /// Nothing is known.
  public static final Filing UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.status = status;
    b.reachedOn = reachedOn;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable FilingStatus status;
    private @Nullable LocalDate reachedOn;

    private Builder() {}

    public Builder status(@Nullable FilingStatus status) {
      this.status = status;
      return this;
    }

    public Builder reachedOn(@Nullable LocalDate reachedOn) {
      this.reachedOn = reachedOn;
      return this;
    }

    public Filing build() {
      return new Filing(status, reachedOn);
    }
  }
}
