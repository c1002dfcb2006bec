package cn.mingmian.law.facts;

/// Where the impact assessment stands.
public enum AssessmentStatus {
  NONE,
  DRAFT,
  APPROVED
}
