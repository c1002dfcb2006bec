package cn.mingmian.law.facts;

/// Whether the site is in mainland China.
public enum Territory {
  CN,
  OTHER
}
