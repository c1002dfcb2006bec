package cn.mingmian.platform.notices;

/// The public documents that the law wants.
public enum RulesKind {
  /// law| SPC-2021/2.2, PIPL/17: the rules of the processing are public.
  PROCESSING,
  /// law| MEASURES-2025/7.2, PIPL/31: dedicated rules for under-14s.
  UNDER_14
}
