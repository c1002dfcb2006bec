package cn.mingmian.platform.assessment;

import cn.mingmian.platform.records.Ids;

public record AssessmentId(String value) {
  public AssessmentId {
    Ids.check("pia", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
