package cn.mingmian.law.facts;

/// In which role staff look.
public enum Role {
  OPERATOR,
  SECURITY_ADMIN,
  AUDITOR,
  MAINTENANCE,
  INSPECTOR
}
