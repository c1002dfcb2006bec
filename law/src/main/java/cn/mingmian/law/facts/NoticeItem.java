package cn.mingmian.law.facts;

/// What a notice must tell.
public enum NoticeItem {
  PROCESSOR_CONTACT,
  PURPOSE_METHOD_RETENTION,
  NECESSITY_AND_IMPACT,
  RIGHTS,
  AFTER_EXPIRY
}
