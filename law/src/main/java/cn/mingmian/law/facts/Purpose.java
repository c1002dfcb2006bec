package cn.mingmian.law.facts;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What for, and how well founded. Immutable; every fact may be absent.
///
/// @param kind  what for
/// @param specific  a specific purpose is recorded and approved
/// @param necessary  a sufficient necessity is recorded and approved
/// @param leastImpact  the mildest mode that still works
/// @param faceIndispensable  the service cannot be given at all without the face
/// @param mandate  a norm that requires face recognition here
/// @param writtenConsentRequired  a law or administrative regulation demands written consent
/// @param collectedFor  what the information was collected for, where it differs
public record Purpose(
    @Nullable PurposeKind kind,
    Truth specific,
    Truth necessary,
    Truth leastImpact,
    Truth faceIndispensable,
    Mandate mandate,
    Truth writtenConsentRequired,
    @Nullable PurposeKind collectedFor) {
  /// Nothing is known.
  public static final Purpose UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.kind = kind;
    b.specific = specific;
    b.necessary = necessary;
    b.leastImpact = leastImpact;
    b.faceIndispensable = faceIndispensable;
    b.mandate = mandate.but();
    b.writtenConsentRequired = writtenConsentRequired;
    b.collectedFor = collectedFor;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable PurposeKind kind;
    private Truth specific = Truth.UNKNOWN;
    private Truth necessary = Truth.UNKNOWN;
    private Truth leastImpact = Truth.UNKNOWN;
    private Truth faceIndispensable = Truth.UNKNOWN;
    private Mandate.Builder mandate = Mandate.builder();
    private Truth writtenConsentRequired = Truth.UNKNOWN;
    private @Nullable PurposeKind collectedFor;

    private Builder() {}

    public Builder kind(@Nullable PurposeKind kind) {
      this.kind = kind;
      return this;
    }

    public Builder specific(Truth specific) {
      this.specific = specific;
      return this;
    }

    public Builder specific(boolean specific) {
      return specific(Truth.of(specific));
    }

    public Builder necessary(Truth necessary) {
      this.necessary = necessary;
      return this;
    }

    public Builder necessary(boolean necessary) {
      return necessary(Truth.of(necessary));
    }

    public Builder leastImpact(Truth leastImpact) {
      this.leastImpact = leastImpact;
      return this;
    }

    public Builder leastImpact(boolean leastImpact) {
      return leastImpact(Truth.of(leastImpact));
    }

    public Builder faceIndispensable(Truth faceIndispensable) {
      this.faceIndispensable = faceIndispensable;
      return this;
    }

    public Builder faceIndispensable(boolean faceIndispensable) {
      return faceIndispensable(Truth.of(faceIndispensable));
    }

    public Mandate.Builder mandate() {
      return mandate;
    }

    public Builder mandate(Consumer<Mandate.Builder> told) {
      told.accept(mandate);
      return this;
    }

    public Builder mandate(Mandate mandate) {
      this.mandate = mandate.but();
      return this;
    }

    public Builder writtenConsentRequired(Truth writtenConsentRequired) {
      this.writtenConsentRequired = writtenConsentRequired;
      return this;
    }

    public Builder writtenConsentRequired(boolean writtenConsentRequired) {
      return writtenConsentRequired(Truth.of(writtenConsentRequired));
    }

    public Builder collectedFor(@Nullable PurposeKind collectedFor) {
      this.collectedFor = collectedFor;
      return this;
    }

    public Purpose build() {
      return new Purpose(
          kind,
          specific,
          necessary,
          leastImpact,
          faceIndispensable,
          mandate.build(),
          writtenConsentRequired,
          collectedFor);
    }
  }
}
