package cn.mingmian.platform.places;

import cn.mingmian.platform.records.Ids;

public record CheckpointId(String value) {
  public CheckpointId {
    Ids.check("chk", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
