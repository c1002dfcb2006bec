package cn.mingmian.platform.controls;

import cn.mingmian.law.facts.Control;

/// A real trial of one protection: it does the thing, and it does the thing that must fail.
public interface SelfCheck {
  Control family();

  /// In `lower-case-with-hyphens`; names it in the evidence.
  String name();

  /// Tries it now. An exception counts as failed.
  Outcome run();

  /// @param passed whether the protection held
  /// @param evidence what was tried and what came out, in one line, without secrets
  record Outcome(boolean passed, String evidence) {}
}
