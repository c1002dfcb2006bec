package cn.mingmian.platform.notices;

import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import java.time.Instant;

/// That a notice was shown.
public record Shown(
    ShownId id, PurposeId purpose, SiteId site, int version, Channel channel, Instant at) {
  /// Where it was shown.
  public enum Channel {
    KIOSK,
    PORTAL,
    PAPER,
    STAFF_DESK,
    APP
  }
}
