package cn.mingmian.platform.notices;

import cn.mingmian.platform.records.Ids;

public record ShownId(String value) {
  public ShownId {
    Ids.check("shn", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
