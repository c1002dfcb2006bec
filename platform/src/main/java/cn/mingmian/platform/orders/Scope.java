package cn.mingmian.platform.orders;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import java.util.Optional;

/// What an order reaches: each part narrows, an empty part means all.
public record Scope(Optional<PersonId> person, Optional<PurposeId> purpose, Optional<SiteId> site) {
  public static final Scope EVERYTHING =
      new Scope(Optional.empty(), Optional.empty(), Optional.empty());

  public static Scope of(PersonId person) {
    return new Scope(Optional.of(person), Optional.empty(), Optional.empty());
  }

  public static Scope of(PurposeId purpose, SiteId site) {
    return new Scope(Optional.empty(), Optional.of(purpose), Optional.of(site));
  }
}
