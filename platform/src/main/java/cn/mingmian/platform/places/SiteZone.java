package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;

/// A part of a site, classed by what a lens there sees, not by where it is mounted.
public record SiteZone(
    SiteZoneId id,
    int version,
    SiteId site,
    String name,
    Zone zone,
    Place place,
    VideoClass videoClass) {
  /// law| MEASURES-2025/13.2, VIDEO-REG/8.1: none may stand in a private space. The database holds
  /// the same rule: a device or checkpoint there cannot be written.
  public boolean mayHoldDevice() {
    return zone != Zone.PRIVATE_SPACE && !PrivatePlaces.NAMED.contains(place);
  }
}
