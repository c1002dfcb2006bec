package cn.mingmian.law.facts;

/// What a remote search is asked for.
public enum RequestGround {
  STATE_SECURITY,
  PUBLIC_SAFETY,
  EMERGENCY,
  NONE
}
