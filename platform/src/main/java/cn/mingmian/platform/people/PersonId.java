package cn.mingmian.platform.people;

import cn.mingmian.platform.records.Ids;

public record PersonId(String value) {
  public PersonId {
    Ids.check("per", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
