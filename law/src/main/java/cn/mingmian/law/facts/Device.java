package cn.mingmian.law.facts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// With what. Immutable; every fact may be absent.
///
/// @param kind  face recognition or plain camera
/// @param registered  on the register; evidence
/// @param catalogued  in the catalogue that requires certification
/// @param certified  certified or tested
/// @param lastTested  last yearly security assessment
/// @param insideCaptureArea  the face lies inside the capture area
public record Device(
    @Nullable DeviceKind kind,
    Truth registered,
    Truth catalogued,
    Truth certified,
    @Nullable LocalDate lastTested,
    Truth insideCaptureArea) {
  /// Nothing is known.
  public static final Device UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.kind = kind;
    b.registered = registered;
    b.catalogued = catalogued;
    b.certified = certified;
    b.lastTested = lastTested;
    b.insideCaptureArea = insideCaptureArea;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable DeviceKind kind;
    private Truth registered = Truth.UNKNOWN;
    private Truth catalogued = Truth.UNKNOWN;
    private Truth certified = Truth.UNKNOWN;
    private @Nullable LocalDate lastTested;
    private Truth insideCaptureArea = Truth.UNKNOWN;

    private Builder() {}

    public Builder kind(@Nullable DeviceKind kind) {
      this.kind = kind;
      return this;
    }

    public Builder registered(Truth registered) {
      this.registered = registered;
      return this;
    }

    public Builder registered(boolean registered) {
      return registered(Truth.of(registered));
    }

    public Builder catalogued(Truth catalogued) {
      this.catalogued = catalogued;
      return this;
    }

    public Builder catalogued(boolean catalogued) {
      return catalogued(Truth.of(catalogued));
    }

    public Builder certified(Truth certified) {
      this.certified = certified;
      return this;
    }

    public Builder certified(boolean certified) {
      return certified(Truth.of(certified));
    }

    public Builder lastTested(@Nullable LocalDate lastTested) {
      this.lastTested = lastTested;
      return this;
    }

    public Builder insideCaptureArea(Truth insideCaptureArea) {
      this.insideCaptureArea = insideCaptureArea;
      return this;
    }

    public Builder insideCaptureArea(boolean insideCaptureArea) {
      return insideCaptureArea(Truth.of(insideCaptureArea));
    }

    public Device build() {
      return new Device(kind, registered, catalogued, certified, lastTested, insideCaptureArea);
    }
  }
}
