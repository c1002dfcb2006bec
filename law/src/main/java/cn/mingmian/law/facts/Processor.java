package cn.mingmian.law.facts;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who decides about the processing. Immutable; every fact may be absent.
///
/// @param kind  what kind of body
/// @param activity  operation, research or household
/// @param publicFacing  offers face recognition to the general public
/// @param controls  working and evidenced
/// @param mlpsLevel  classified-protection level on record
/// @param publishedRules  the processing rules are public
/// @param childRules  dedicated rules for under-14s exist
/// @param storedPersons  distinct persons stored, this operation included
/// @param filing  the filing
/// @param listedAsAbuser  stands on a credit blacklist (proposals)
public record Processor(
    @Nullable ProcessorKind kind,
    @Nullable Activity activity,
    Truth publicFacing,
    @Nullable Set<Control> controls,
    @Nullable Integer mlpsLevel,
    Truth publishedRules,
    Truth childRules,
    @Nullable Integer storedPersons,
    Filing filing,
    Truth listedAsAbuser) {
  /// Nothing is known.
  public static final Processor UNKNOWN = builder().build();

  public Processor {
    controls = Fixed.copy(Control.class, controls);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.kind = kind;
    b.activity = activity;
    b.publicFacing = publicFacing;
    b.controls = controls;
    b.mlpsLevel = mlpsLevel;
    b.publishedRules = publishedRules;
    b.childRules = childRules;
    b.storedPersons = storedPersons;
    b.filing = filing.but();
    b.listedAsAbuser = listedAsAbuser;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable ProcessorKind kind;
    private @Nullable Activity activity;
    private Truth publicFacing = Truth.UNKNOWN;
    private @Nullable Set<Control> controls;
    private @Nullable Integer mlpsLevel;
    private Truth publishedRules = Truth.UNKNOWN;
    private Truth childRules = Truth.UNKNOWN;
    private @Nullable Integer storedPersons;
    private Filing.Builder filing = Filing.builder();
    private Truth listedAsAbuser = Truth.UNKNOWN;

    private Builder() {}

    public Builder kind(@Nullable ProcessorKind kind) {
      this.kind = kind;
      return this;
    }

    public Builder activity(@Nullable Activity activity) {
      this.activity = activity;
      return this;
    }

    public Builder publicFacing(Truth publicFacing) {
      this.publicFacing = publicFacing;
      return this;
    }

    public Builder publicFacing(boolean publicFacing) {
      return publicFacing(Truth.of(publicFacing));
    }

    public Builder controls(@Nullable Set<Control> controls) {
      this.controls = controls;
      return this;
    }

    public Builder controls(Control... controls) {
      return controls(Set.of(controls));
    }

    public Builder mlpsLevel(@Nullable Integer mlpsLevel) {
      this.mlpsLevel = mlpsLevel;
      return this;
    }

    public Builder publishedRules(Truth publishedRules) {
      this.publishedRules = publishedRules;
      return this;
    }

    public Builder publishedRules(boolean publishedRules) {
      return publishedRules(Truth.of(publishedRules));
    }

    public Builder childRules(Truth childRules) {
      this.childRules = childRules;
      return this;
    }

    public Builder childRules(boolean childRules) {
      return childRules(Truth.of(childRules));
    }

    public Builder storedPersons(@Nullable Integer storedPersons) {
      this.storedPersons = storedPersons;
      return this;
    }

    public Filing.Builder filing() {
      return filing;
    }

    public Builder filing(Consumer<Filing.Builder> told) {
      told.accept(filing);
      return this;
    }

    public Builder filing(Filing filing) {
      this.filing = filing.but();
      return this;
    }

    public Builder listedAsAbuser(Truth listedAsAbuser) {
      this.listedAsAbuser = listedAsAbuser;
      return this;
    }

    public Builder listedAsAbuser(boolean listedAsAbuser) {
      return listedAsAbuser(Truth.of(listedAsAbuser));
    }

    public Processor build() {
      return new Processor(
          kind,
          activity,
          publicFacing,
          controls,
          mlpsLevel,
          publishedRules,
          childRules,
          storedPersons,
          filing.build(),
          listedAsAbuser);
    }
  }
}
