package cn.mingmian.platform.places;

import cn.mingmian.platform.records.Ids;

public record DeviceId(String value) {
  public DeviceId {
    Ids.check("dev", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
