package cn.mingmian.law.facts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Whose face. Immutable; every fact may be absent.
///
/// @param birthDate  absent is unknown age
/// @param state  living or not
/// @param bystander  not a person the service is for
/// @param activePart  took an active step: pressed, scanned, said
/// @param legalHold  a lawful duty to preserve evidence stands
public record Person(
    @Nullable LocalDate birthDate,
    @Nullable LifeState state,
    Truth bystander,
    Truth activePart,
    Truth legalHold) {
  /// Nothing is known.
  public static final Person UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.birthDate = birthDate;
    b.state = state;
    b.bystander = bystander;
    b.activePart = activePart;
    b.legalHold = legalHold;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable LocalDate birthDate;
    private @Nullable LifeState state;
    private Truth bystander = Truth.UNKNOWN;
    private Truth activePart = Truth.UNKNOWN;
    private Truth legalHold = Truth.UNKNOWN;

    private Builder() {}

    public Builder birthDate(@Nullable LocalDate birthDate) {
      this.birthDate = birthDate;
      return this;
    }

    public Builder state(@Nullable LifeState state) {
      this.state = state;
      return this;
    }

    public Builder bystander(Truth bystander) {
      this.bystander = bystander;
      return this;
    }

    public Builder bystander(boolean bystander) {
      return bystander(Truth.of(bystander));
    }

    public Builder activePart(Truth activePart) {
      this.activePart = activePart;
      return this;
    }

    public Builder activePart(boolean activePart) {
      return activePart(Truth.of(activePart));
    }

    public Builder legalHold(Truth legalHold) {
      this.legalHold = legalHold;
      return this;
    }

    public Builder legalHold(boolean legalHold) {
      return legalHold(Truth.of(legalHold));
    }

    public Person build() {
      return new Person(birthDate, state, bystander, activePart, legalHold);
    }
  }
}
