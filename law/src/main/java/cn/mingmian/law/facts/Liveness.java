package cn.mingmian.law.facts;

/// Whether the face is a living one. Immutable; every fact may be absent.
///
/// @param passed  no attack was found
public record Liveness(Truth passed) {
  /// Nothing is known.
  public static final Liveness UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.passed = passed;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private Truth passed = Truth.UNKNOWN;

    private Builder() {}

    public Builder passed(Truth passed) {
      this.passed = passed;
      return this;
    }

    public Builder passed(boolean passed) {
      return passed(Truth.of(passed));
    }

    public Liveness build() {
      return new Liveness(passed);
    }
  }
}
