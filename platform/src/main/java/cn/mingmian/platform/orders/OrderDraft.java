package cn.mingmian.platform.orders;

import cn.mingmian.law.facts.Ground;
import cn.mingmian.platform.purposes.Norm;
import cn.mingmian.platform.records.RejectedRecordException;
import java.time.Instant;
import java.util.Optional;

/// What is entered from a document.
///
/// @param authority who ordered or declared it
/// @param documentHash SHA-256 of the document, hexadecimal
/// @param norm the norm behind it; due for all but injunctions, holds and listings
/// @param ground for `GROUND`: which
/// @param from from when on it counts; never earlier than it was entered, for what allows
/// @param until its end; due for what allows
public record OrderDraft(
    OrderKind kind,
    Scope scope,
    String authority,
    String documentHash,
    Optional<Norm> norm,
    Optional<Ground> ground,
    Instant from,
    Optional<Instant> until) {
  public OrderDraft {
    if (!documentHash.matches("[0-9a-f]{64}")) {
      throw new RejectedRecordException(
          "document-hash-malformed", "a document's hash has 64 hexadecimal digits");
    }
    if (authority.isBlank()) {
      throw new RejectedRecordException("authority-missing", "an order names its authority");
    }
    if (kind.needsApproval() && until.isEmpty()) {
      // law| SPC-2021/5: every such ground ends.
      throw new RejectedRecordException("end-missing", "what allows something has an end");
    }
    if (kind.needsApproval() && norm.isEmpty()) {
      throw new RejectedRecordException("norm-missing", "what allows something cites a norm");
    }
    if ((kind == OrderKind.GROUND) != ground.isPresent()) {
      throw new RejectedRecordException("ground-missing", "a ground says which ground it is");
    }
    if (until.isPresent() && !until.get().isAfter(from)) {
      throw new RejectedRecordException("period-empty", "an order ends after it begins");
    }
  }
}
