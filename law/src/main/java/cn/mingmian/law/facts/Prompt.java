package cn.mingmian.law.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a person is asked. Immutable; every fact may be absent.
///
/// @param lastRefusedAt  when the person last refused
/// @param misleading  it misleads
/// @param urgent  it presses for time
/// @param facePreselected  the face is chosen beforehand
/// @param dearerWithoutFace  the other way costs more
public record Prompt(
    @Nullable Instant lastRefusedAt,
    Truth misleading,
    Truth urgent,
    Truth facePreselected,
    Truth dearerWithoutFace) {
  /// Nothing is known.
  public static final Prompt UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.lastRefusedAt = lastRefusedAt;
    b.misleading = misleading;
    b.urgent = urgent;
    b.facePreselected = facePreselected;
    b.dearerWithoutFace = dearerWithoutFace;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable Instant lastRefusedAt;
    private Truth misleading = Truth.UNKNOWN;
    private Truth urgent = Truth.UNKNOWN;
    private Truth facePreselected = Truth.UNKNOWN;
    private Truth dearerWithoutFace = Truth.UNKNOWN;

    private Builder() {}

    public Builder lastRefusedAt(@Nullable Instant lastRefusedAt) {
      this.lastRefusedAt = lastRefusedAt;
      return this;
    }

    public Builder misleading(Truth misleading) {
      this.misleading = misleading;
      return this;
    }

    public Builder misleading(boolean misleading) {
      return misleading(Truth.of(misleading));
    }

    public Builder urgent(Truth urgent) {
      this.urgent = urgent;
      return this;
    }

    public Builder urgent(boolean urgent) {
      return urgent(Truth.of(urgent));
    }

    public Builder facePreselected(Truth facePreselected) {
      this.facePreselected = facePreselected;
      return this;
    }

    public Builder facePreselected(boolean facePreselected) {
      return facePreselected(Truth.of(facePreselected));
    }

    public Builder dearerWithoutFace(Truth dearerWithoutFace) {
      this.dearerWithoutFace = dearerWithoutFace;
      return this;
    }

    public Builder dearerWithoutFace(boolean dearerWithoutFace) {
      return dearerWithoutFace(Truth.of(dearerWithoutFace));
    }

    public Prompt build() {
      return new Prompt(lastRefusedAt, misleading, urgent, facePreselected, dearerWithoutFace);
    }
  }
}
