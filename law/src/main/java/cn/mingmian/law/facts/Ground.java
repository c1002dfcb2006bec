package cn.mingmian.law.facts;

/// The legal ground relied on (PIPL/13, SPC-2021/5).
public enum Ground {
  CONSENT,
  CONTRACT_OR_HR,
  STATUTORY_DUTY,
  PUBLIC_HEALTH_EMERGENCY,
  EMERGENCY,
  PUBLIC_SAFETY,
  NEWS,
  ALREADY_PUBLIC,
  OTHER_LAW
}
