package cn.mingmian.platform.defence;

/// What an alert is about. The names stand in database and log and are never renamed.
public enum Attack {
  CREDENTIAL_STUFFING,
  HILL_CLIMBING,
  ENUMERATION,
  SPOOF_BURST,
  FORGED_REQUESTS,
  DEVICE_ELSEWHERE,
  FILE_CHANGED,
  CLOCK_MOVED,
  LOG_GONE
}
