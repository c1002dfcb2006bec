package cn.mingmian.platform.purposes;

import cn.mingmian.platform.records.Ids;

public record PurposeId(String value) {
  public PurposeId {
    Ids.check("pur", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
