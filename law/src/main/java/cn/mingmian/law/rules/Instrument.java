package cn.mingmian.law.rules;

import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Province;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A law, regulation, interpretation, standard, draft or proposal. Immutable.
///
/// @param id  as in citations, such as `MEASURES-2025`
/// @param name  its full name
/// @param shortName  its name in a citation
/// @param issuer  who made it
/// @param from  the first Shanghai day on which it is in force; null for what never was
/// @param to  the first Shanghai day on which it no longer is; null while it is
/// @param pack  the pack it belongs to; null for the law in force, which always applies
/// @param province  where alone it applies; null for everywhere
/// @param reach  whether it reaches these facts at all, whatever a rule asks
/// @param liability  what hangs on a breach, where a rule says nothing else
/// @param note  what a reader should know: what came before it, what is unverified
public record Instrument(
    String id,
    Text name,
    Text shortName,
    Text issuer,
    Authority authority,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Pack pack,
    @Nullable Province province,
    Predicate<Facts> reach,
    Text liability,
    Text note) {
  /// Reaches all facts.
  public static final Predicate<Facts> EVERYWHERE = facts -> true;

  public Instrument {
    if (authority.isLaw() && pack != null) {
      throw new IllegalArgumentException("`%s` is law and needs no pack".formatted(id));
    }
    if (authority.isLaw() && from == null) {
      throw new IllegalArgumentException("`%s` is law and needs a first day".formatted(id));
    }
  }

  /// Whether it is applied to a deed of this day, once its pack is on. What was never in force has
  /// no day and is applied to all.
  public boolean appliesOn(LocalDate day) {
    return (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
  }

  /// Whether it was in force on this day: a draft or a proposal never.
  public boolean inForceOn(LocalDate day) {
    return from != null && appliesOn(day);
  }

  public Optional<LocalDate> inForceFrom() {
    return Optional.ofNullable(from);
  }

  public static Builder named(String id, String zh, String en) {
    return new Builder(id, new Text(zh, en));
  }

  /// Collects what is known of an instrument.
  public static final class Builder {
    private static final Text NOTHING = new Text("无", "none");

    private final String id;
    private final Text name;
    private Text shortName;
    private Text issuer = NOTHING;
    private Authority authority = Authority.LAW;
    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable Pack pack;
    private @Nullable Province province;
    private Predicate<Facts> reach = EVERYWHERE;
    private Text liability = NOTHING;
    private Text note = NOTHING;

    private Builder(String id, Text name) {
      this.id = id;
      this.name = name;
      this.shortName = name;
    }

    public Builder cited(String zh, String en) {
      shortName = new Text(zh, en);
      return this;
    }

    public Builder by(Authority authority, String zh, String en) {
      this.authority = authority;
      issuer = new Text(zh, en);
      return this;
    }

    public Builder from(String day) {
      from = LocalDate.parse(day);
      return this;
    }

    public Builder to(String day) {
      to = LocalDate.parse(day);
      return this;
    }

    public Builder pack(Pack pack) {
      this.pack = pack;
      return this;
    }

    public Builder province(Province province) {
      this.province = province;
      return this;
    }

    public Builder reaches(Predicate<Facts> reach) {
      this.reach = reach;
      return this;
    }

    public Builder liability(String zh, String en) {
      liability = new Text(zh, en);
      return this;
    }

    public Builder note(String zh, String en) {
      note = new Text(zh, en);
      return this;
    }

    public Instrument build() {
      return new Instrument(
          id, name, shortName, issuer, authority, from, to, pack, province, reach, liability, note);
    }
  }
}
