package cn.mingmian.law.facts;

import org.jspecify.annotations.Nullable;

/// Why staff look. Immutable; every fact may be absent.
///
/// @param reason  the reason given
/// @param approved  approved by the responsible person
/// @param bulk  more than the one record
/// @param role  in which role; evidence
public record Access(@Nullable String reason, Truth approved, Truth bulk, @Nullable Role role) {
  /// Nothing is known.
  public static final Access UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.reason = reason;
    b.approved = approved;
    b.bulk = bulk;
    b.role = role;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable String reason;
    private Truth approved = Truth.UNKNOWN;
    private Truth bulk = Truth.UNKNOWN;
    private @Nullable Role role;

    private Builder() {}

    public Builder reason(@Nullable String reason) {
      this.reason = reason;
      return this;
    }

    public Builder approved(Truth approved) {
      this.approved = approved;
      return this;
    }

    public Builder approved(boolean approved) {
      return approved(Truth.of(approved));
    }

    public Builder bulk(Truth bulk) {
      this.bulk = bulk;
      return this;
    }

    public Builder bulk(boolean bulk) {
      return bulk(Truth.of(bulk));
    }

    public Builder role(@Nullable Role role) {
      this.role = role;
      return this;
    }

    public Access build() {
      return new Access(reason, approved, bulk, role);
    }
  }
}
