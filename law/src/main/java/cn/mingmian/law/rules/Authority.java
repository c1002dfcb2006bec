package cn.mingmian.law.rules;

/// How hard an instrument binds, hardest first: the order in which findings are listed.
public enum Authority {
  LAW("法律", "law"),
  ADMINISTRATIVE_REGULATION("行政法规", "administrative regulation"),
  JUDICIAL_INTERPRETATION("司法解释", "judicial interpretation"),
  LOCAL_REGULATION("地方性法规", "local regulation"),
  DEPARTMENT_RULE("部门规章", "department rule"),
  NORMATIVE_DOCUMENT("规范性文件", "normative document"),
  STANDARD("推荐性国家标准", "recommended national standard"),
  DRAFT("征求意见稿，从未生效", "consultation draft, never law"),
  PROPOSAL("学者建议，不是法律", "scholarly proposal, not law");

  private final Text words;

  Authority(String zh, String en) {
    words = new Text(zh, en);
  }

  public Text words() {
    return words;
  }

  /// Whether it is law: in force as such, not a standard, a draft or a proposal.
  public boolean isLaw() {
    return compareTo(STANDARD) < 0;
  }
}
