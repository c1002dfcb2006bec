package cn.mingmian.law.facts;

/// Whether the person lives.
public enum LifeState {
  LIVING,
  DECEASED
}
