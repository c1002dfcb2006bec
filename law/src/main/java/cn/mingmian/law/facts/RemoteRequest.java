package cn.mingmian.law.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The request behind a remote search. Immutable; every fact may be absent.
///
/// @param by  who asked
/// @param ground  what for
/// @param from  not before
/// @param to  not after
/// @param area  limited to an area
/// @param watchSet  limited to a set of persons
/// @param approved  approved
public record RemoteRequest(
    @Nullable RequestedBy by,
    @Nullable RequestGround ground,
    @Nullable Instant from,
    @Nullable Instant to,
    Truth area,
    Truth watchSet,
    Truth approved) {
  /// Nothing is known.
  public static final RemoteRequest UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.by = by;
    b.ground = ground;
    b.from = from;
    b.to = to;
    b.area = area;
    b.watchSet = watchSet;
    b.approved = approved;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable RequestedBy by;
    private @Nullable RequestGround ground;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private Truth area = Truth.UNKNOWN;
    private Truth watchSet = Truth.UNKNOWN;
    private Truth approved = Truth.UNKNOWN;

    private Builder() {}

    public Builder by(@Nullable RequestedBy by) {
      this.by = by;
      return this;
    }

    public Builder ground(@Nullable RequestGround ground) {
      this.ground = ground;
      return this;
    }

    public Builder from(@Nullable Instant from) {
      this.from = from;
      return this;
    }

    public Builder to(@Nullable Instant to) {
      this.to = to;
      return this;
    }

    public Builder area(Truth area) {
      this.area = area;
      return this;
    }

    public Builder area(boolean area) {
      return area(Truth.of(area));
    }

    public Builder watchSet(Truth watchSet) {
      this.watchSet = watchSet;
      return this;
    }

    public Builder watchSet(boolean watchSet) {
      return watchSet(Truth.of(watchSet));
    }

    public Builder approved(Truth approved) {
      this.approved = approved;
      return this;
    }

    public Builder approved(boolean approved) {
      return approved(Truth.of(approved));
    }

    public RemoteRequest build() {
      return new RemoteRequest(by, ground, from, to, area, watchSet, approved);
    }
  }
}
