package cn.mingmian.law.facts;

/// Who decides when a result counts. Immutable; every fact may be absent.
///
/// @param human  a human reviews
/// @param independent  and is independent
public record Review(Truth human, Truth independent) {
  /// Nothing is known.
  public static final Review UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.human = human;
    b.independent = independent;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private Truth human = Truth.UNKNOWN;
    private Truth independent = Truth.UNKNOWN;

    private Builder() {}

    public Builder human(Truth human) {
      this.human = human;
      return this;
    }

    public Builder human(boolean human) {
      return human(Truth.of(human));
    }

    public Builder independent(Truth independent) {
      this.independent = independent;
      return this;
    }

    public Builder independent(boolean independent) {
      return independent(Truth.of(independent));
    }

    public Review build() {
      return new Review(human, independent);
    }
  }
}
