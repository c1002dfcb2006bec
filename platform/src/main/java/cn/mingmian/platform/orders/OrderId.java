package cn.mingmian.platform.orders;

import cn.mingmian.platform.records.Ids;

public record OrderId(String value) {
  public OrderId {
    Ids.check("ord", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
