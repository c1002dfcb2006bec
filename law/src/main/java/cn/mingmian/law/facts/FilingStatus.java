package cn.mingmian.law.facts;

/// Where the filing with the authority stands.
public enum FilingStatus {
  NONE,
  FILED,
  CANCELLED
}
