package cn.mingmian.platform.consent;

import cn.mingmian.platform.records.Ids;

public record GuardianshipId(String value) {
  public GuardianshipId {
    Ids.check("grd", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
