package cn.mingmian.law.facts;

/// How high a norm stands.
public enum NormLevel {
  LAW,
  ADMINISTRATIVE_REGULATION,
  DEPARTMENT_RULE,
  CONTRACT
}
