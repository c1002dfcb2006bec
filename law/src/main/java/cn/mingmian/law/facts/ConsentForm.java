package cn.mingmian.law.facts;

/// How consent was given.
public enum ConsentForm {
  SEPARATE,
  WRITTEN,
  BUNDLED,
  IMPLIED
}
