package cn.mingmian.law.facts;

import org.jspecify.annotations.Nullable;

/// Where. Immutable; every fact may be absent.
///
/// @param zone  what the lens sees
/// @param place  what kind of place
/// @param territory  mainland China or not
/// @param province  for local rules
/// @param videoClass  kind of public place
/// @param publicSafetyNecessity  necessity for public safety is recorded
/// @param sign  a conspicuous sign is in place
/// @param captureArea  a capture area is lawfully and reasonably set
/// @param installer  who put it up
/// @param accessible  notice and alternatives usable by elderly and disabled people
/// @param hearing  a hearing was held (proposals)
public record Site(
    @Nullable Zone zone,
    @Nullable Place place,
    @Nullable Territory territory,
    @Nullable Province province,
    @Nullable VideoClass videoClass,
    Truth publicSafetyNecessity,
    Truth sign,
    Truth captureArea,
    @Nullable Installer installer,
    Truth accessible,
    Truth hearing) {
  /// Nothing is known.
  public static final Site UNKNOWN = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.zone = zone;
    b.place = place;
    b.territory = territory;
    b.province = province;
    b.videoClass = videoClass;
    b.publicSafetyNecessity = publicSafetyNecessity;
    b.sign = sign;
    b.captureArea = captureArea;
    b.installer = installer;
    b.accessible = accessible;
    b.hearing = hearing;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable Zone zone;
    private @Nullable Place place;
    private @Nullable Territory territory;
    private @Nullable Province province;
    private @Nullable VideoClass videoClass;
    private Truth publicSafetyNecessity = Truth.UNKNOWN;
    private Truth sign = Truth.UNKNOWN;
    private Truth captureArea = Truth.UNKNOWN;
    private @Nullable Installer installer;
    private Truth accessible = Truth.UNKNOWN;
    private Truth hearing = Truth.UNKNOWN;

    private Builder() {}

    public Builder zone(@Nullable Zone zone) {
      this.zone = zone;
      return this;
    }

    public Builder place(@Nullable Place place) {
      this.place = place;
      return this;
    }

    public Builder territory(@Nullable Territory territory) {
      this.territory = territory;
      return this;
    }

    public Builder province(@Nullable Province province) {
      this.province = province;
      return this;
    }

    public Builder videoClass(@Nullable VideoClass videoClass) {
      this.videoClass = videoClass;
      return this;
    }

    public Builder publicSafetyNecessity(Truth publicSafetyNecessity) {
      this.publicSafetyNecessity = publicSafetyNecessity;
      return this;
    }

    public Builder publicSafetyNecessity(boolean publicSafetyNecessity) {
      return publicSafetyNecessity(Truth.of(publicSafetyNecessity));
    }

    public Builder sign(Truth sign) {
      this.sign = sign;
      return this;
    }

    public Builder sign(boolean sign) {
      return sign(Truth.of(sign));
    }

    public Builder captureArea(Truth captureArea) {
      this.captureArea = captureArea;
      return this;
    }

    public Builder captureArea(boolean captureArea) {
      return captureArea(Truth.of(captureArea));
    }

    public Builder installer(@Nullable Installer installer) {
      this.installer = installer;
      return this;
    }

    public Builder accessible(Truth accessible) {
      this.accessible = accessible;
      return this;
    }

    public Builder accessible(boolean accessible) {
      return accessible(Truth.of(accessible));
    }

    public Builder hearing(Truth hearing) {
      this.hearing = hearing;
      return this;
    }

    public Builder hearing(boolean hearing) {
      return hearing(Truth.of(hearing));
    }

    public Site build() {
      return new Site(
          zone,
          place,
          territory,
          province,
          videoClass,
          publicSafetyNecessity,
          sign,
          captureArea,
          installer,
          accessible,
          hearing);
    }
  }
}
