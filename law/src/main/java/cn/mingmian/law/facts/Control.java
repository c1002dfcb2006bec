package cn.mingmian.law.facts;

/// The five families of protection of MEASURES-2025/14.1.
public enum Control {
  ENCRYPTION,
  AUDIT,
  ACCESS_CONTROL,
  AUTHORISATION,
  INTRUSION_DETECTION
}
