package cn.mingmian.platform.places;

import cn.mingmian.platform.records.Ids;

public record SiteId(String value) {
  public SiteId {
    Ids.check("sit", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
