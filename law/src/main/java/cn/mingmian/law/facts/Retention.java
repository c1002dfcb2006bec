package cn.mingmian.law.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long it is kept. Immutable; every fact may be absent.
///
/// @param maxDays  the most days the policy allows
/// @param recordedAt  when it was recorded
/// @param expiresAt  when its time is over
/// @param shortestNecessary  the shortest time that serves the purpose
/// @param statutoryFloorUntil  a law or administrative regulation forbids erasing before
public record Retention(
    @Nullable Integer maxDays,
    @Nullable Instant recordedAt,
    @Nullable Instant expiresAt,
    Truth shortestNecessary,
    @Nullable Instant statutoryFloorUntil) {
  /// Nothing is known.
  public static final Retention UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.maxDays = maxDays;
    b.recordedAt = recordedAt;
    b.expiresAt = expiresAt;
    b.shortestNecessary = shortestNecessary;
    b.statutoryFloorUntil = statutoryFloorUntil;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable Integer maxDays;
    private @Nullable Instant recordedAt;
    private @Nullable Instant expiresAt;
    private Truth shortestNecessary = Truth.UNKNOWN;
    private @Nullable Instant statutoryFloorUntil;

    private Builder() {}

    public Builder maxDays(@Nullable Integer maxDays) {
      this.maxDays = maxDays;
      return this;
    }

    public Builder recordedAt(@Nullable Instant recordedAt) {
      this.recordedAt = recordedAt;
      return this;
    }

    public Builder expiresAt(@Nullable Instant expiresAt) {
      this.expiresAt = expiresAt;
      return this;
    }

    public Builder shortestNecessary(Truth shortestNecessary) {
      this.shortestNecessary = shortestNecessary;
      return this;
    }

    public Builder shortestNecessary(boolean shortestNecessary) {
      return shortestNecessary(Truth.of(shortestNecessary));
    }

    public Builder statutoryFloorUntil(@Nullable Instant statutoryFloorUntil) {
      this.statutoryFloorUntil = statutoryFloorUntil;
      return this;
    }

    public Retention build() {
      return new Retention(maxDays, recordedAt, expiresAt, shortestNecessary, statutoryFloorUntil);
    }
  }
}
