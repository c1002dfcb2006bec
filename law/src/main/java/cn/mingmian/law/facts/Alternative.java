package cn.mingmian.law.facts;

/// A way in that needs no face.
public enum Alternative {
  PASSWORD,
  PIN,
  ONE_TIME_CODE,
  CARD,
  QR_CODE,
  PASSKEY,
  FINGERPRINT,
  STAFF_DESK
}
