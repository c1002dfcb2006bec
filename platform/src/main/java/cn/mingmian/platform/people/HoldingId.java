package cn.mingmian.platform.people;

import cn.mingmian.platform.records.Ids;

public record HoldingId(String value) {
  public HoldingId {
    Ids.check("hol", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
