package cn.mingmian.law.facts;

/// By whose hand.
public enum ConsentBy {
  SELF,
  GUARDIAN
}
