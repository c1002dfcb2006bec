package cn.mingmian.law.facts;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the person agreed to. `NONE` is no consent. Immutable; every fact may be absent.
///
/// @param form  how it was given
/// @param by  by whose hand
/// @param givenAt  when
/// @param withdrawnAt  from this instant on it is withdrawn
/// @param purpose  for what
/// @param operations  the verbs agreed to
/// @param recipient  the recipient it names
/// @param noticeVersion  the notice it rests on; evidence
/// @param preTicked  the box was already ticked
/// @param conditional  the service was tied to it
/// @param coerced  forced or pressed
/// @param guardianVerified  the guardian is verified
/// @param attributes  the attributes agreed to
public record Consent(
    @Nullable ConsentForm form,
    @Nullable ConsentBy by,
    @Nullable Instant givenAt,
    @Nullable Instant withdrawnAt,
    @Nullable PurposeKind purpose,
    @Nullable Set<Verb> operations,
    @Nullable String recipient,
    @Nullable String noticeVersion,
    Truth preTicked,
    Truth conditional,
    Truth coerced,
    Truth guardianVerified,
    @Nullable Set<Attribute> attributes) {
  /// Nothing is known.
  public static final Consent NONE = builder().build();

  public Consent {
    operations = Fixed.copy(Verb.class, operations);
    attributes = Fixed.copy(Attribute.class, attributes);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.form = form;
    b.by = by;
    b.givenAt = givenAt;
    b.withdrawnAt = withdrawnAt;
    b.purpose = purpose;
    b.operations = operations;
    b.recipient = recipient;
    b.noticeVersion = noticeVersion;
    b.preTicked = preTicked;
    b.conditional = conditional;
    b.coerced = coerced;
    b.guardianVerified = guardianVerified;
    b.attributes = attributes;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable ConsentForm form;
    private @Nullable ConsentBy by;
    private @Nullable Instant givenAt;
    private @Nullable Instant withdrawnAt;
    private @Nullable PurposeKind purpose;
    private @Nullable Set<Verb> operations;
    private @Nullable String recipient;
    private @Nullable String noticeVersion;
    private Truth preTicked = Truth.UNKNOWN;
    private Truth conditional = Truth.UNKNOWN;
    private Truth coerced = Truth.UNKNOWN;
    private Truth guardianVerified = Truth.UNKNOWN;
    private @Nullable Set<Attribute> attributes;

    private Builder() {}

    public Builder form(@Nullable ConsentForm form) {
      this.form = form;
      return this;
    }

    public Builder by(@Nullable ConsentBy by) {
      this.by = by;
      return this;
    }

    public Builder givenAt(@Nullable Instant givenAt) {
      this.givenAt = givenAt;
      return this;
    }

    public Builder withdrawnAt(@Nullable Instant withdrawnAt) {
      this.withdrawnAt = withdrawnAt;
      return this;
    }

    public Builder purpose(@Nullable PurposeKind purpose) {
      this.purpose = purpose;
      return this;
    }

    public Builder operations(@Nullable Set<Verb> operations) {
      this.operations = operations;
      return this;
    }

    public Builder operations(Verb... operations) {
      return operations(Set.of(operations));
    }

    public Builder recipient(@Nullable String recipient) {
      this.recipient = recipient;
      return this;
    }

    public Builder noticeVersion(@Nullable String noticeVersion) {
      this.noticeVersion = noticeVersion;
      return this;
    }

    public Builder preTicked(Truth preTicked) {
      this.preTicked = preTicked;
      return this;
    }

    public Builder preTicked(boolean preTicked) {
      return preTicked(Truth.of(preTicked));
    }

    public Builder conditional(Truth conditional) {
      this.conditional = conditional;
      return this;
    }

    public Builder conditional(boolean conditional) {
      return conditional(Truth.of(conditional));
    }

    public Builder coerced(Truth coerced) {
      this.coerced = coerced;
      return this;
    }

    public Builder coerced(boolean coerced) {
      return coerced(Truth.of(coerced));
    }

    public Builder guardianVerified(Truth guardianVerified) {
      this.guardianVerified = guardianVerified;
      return this;
    }

    public Builder guardianVerified(boolean guardianVerified) {
      return guardianVerified(Truth.of(guardianVerified));
    }

    public Builder attributes(@Nullable Set<Attribute> attributes) {
      this.attributes = attributes;
      return this;
    }

    public Builder attributes(Attribute... attributes) {
      return attributes(Set.of(attributes));
    }

    public Consent build() {
      return new Consent(
          form,
          by,
          givenAt,
          withdrawnAt,
          purpose,
          operations,
          recipient,
          noticeVersion,
          preTicked,
          conditional,
          coerced,
          guardianVerified,
          attributes);
    }
  }
}
