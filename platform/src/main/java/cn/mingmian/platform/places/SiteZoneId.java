package cn.mingmian.platform.places;

import cn.mingmian.platform.records.Ids;

public record SiteZoneId(String value) {
  public SiteZoneId {
    Ids.check("zon", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
