package cn.mingmian.law.facts;

import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the person was told. Immutable; every fact may be absent.
///
/// @param version  the version in force
/// @param shownVersion  the version shown
/// @param shownAt  when it was shown
/// @param items  what it tells
/// @param purposePrompt  the purpose is said or shown during the check
/// @param exemption  a norm that dispenses with notice
public record Notice(
    @Nullable String version,
    @Nullable String shownVersion,
    @Nullable Instant shownAt,
    @Nullable Set<NoticeItem> items,
    Truth purposePrompt,
    Mandate exemption) {
  /// Nothing is known.
  public static final Notice UNKNOWN = builder().build();

  public Notice {
    items = Fixed.copy(NoticeItem.class, items);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder();
    b.version = version;
    b.shownVersion = shownVersion;
    b.shownAt = shownAt;
    b.items = items;
    b.purposePrompt = purposePrompt;
    b.exemption = exemption.but();
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private @Nullable String version;
    private @Nullable String shownVersion;
    private @Nullable Instant shownAt;
    private @Nullable Set<NoticeItem> items;
    private Truth purposePrompt = Truth.UNKNOWN;
    private Mandate.Builder exemption = Mandate.builder();

    private Builder() {}

    public Builder version(@Nullable String version) {
      this.version = version;
      return this;
    }

    public Builder shownVersion(@Nullable String shownVersion) {
      this.shownVersion = shownVersion;
      return this;
    }

    public Builder shownAt(@Nullable Instant shownAt) {
      this.shownAt = shownAt;
      return this;
    }

    public Builder items(@Nullable Set<NoticeItem> items) {
      this.items = items;
      return this;
    }

    public Builder items(NoticeItem... items) {
      return items(Set.of(items));
    }

    public Builder purposePrompt(Truth purposePrompt) {
      this.purposePrompt = purposePrompt;
      return this;
    }

    public Builder purposePrompt(boolean purposePrompt) {
      return purposePrompt(Truth.of(purposePrompt));
    }

    public Mandate.Builder exemption() {
      return exemption;
    }

    public Builder exemption(Consumer<Mandate.Builder> told) {
      told.accept(exemption);
      return this;
    }

    public Builder exemption(Mandate exemption) {
      this.exemption = exemption.but();
      return this;
    }

    public Notice build() {
      return new Notice(version, shownVersion, shownAt, items, purposePrompt, exemption.build());
    }
  }
}
