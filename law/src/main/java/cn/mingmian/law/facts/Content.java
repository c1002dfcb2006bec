package cn.mingmian.law.facts;

/// What moves or is looked at.
public enum Content {
  TEMPLATE,
  IMAGE,
  RESULT_ONLY
}
