package cn.mingmian.law.facts;

/// Where a transmission ends.
public enum Destination {
  SITE_LAN,
  INTERNET,
  CROSS_BORDER
}
