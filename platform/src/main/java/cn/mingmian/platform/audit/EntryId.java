package cn.mingmian.platform.audit;

import cn.mingmian.platform.records.Ids;

/// Names one entry of the audit trail; under it its receipt is found.
public record EntryId(String value) {
  public EntryId {
    Ids.check("ent", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
