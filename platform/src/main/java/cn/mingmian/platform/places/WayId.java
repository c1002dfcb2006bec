package cn.mingmian.platform.places;

import cn.mingmian.platform.records.Ids;

public record WayId(String value) {
  public WayId {
    Ids.check("way", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
