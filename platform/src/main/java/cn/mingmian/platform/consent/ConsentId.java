package cn.mingmian.platform.consent;

import cn.mingmian.platform.records.Ids;

public record ConsentId(String value) {
  public ConsentId {
    Ids.check("con", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
