package cn.mingmian.platform.purposes;

import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.platform.records.RejectedRecordException;

/// A norm that is relied on: how high it stands and where it is found.
public record Norm(NormLevel level, String citation) {
  public Norm {
    if (citation.isBlank()) {
      throw new RejectedRecordException("citation-missing", "a norm is cited, not only named");
    }
  }
}
