package cn.mingmian.platform.permit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a fact comes from: a dated record, or what was measured in this very act. Never a
/// constant. Immutable.
///
/// @param kind   what kind of record, such as `consent`, or `measured`
/// @param record its id; what measured it
/// @param at     when the record was made or approved; when it was measured
/// @param note   how the fact follows from the record, where that is not plain
public record Source(String kind, String record, @Nullable Instant at, String note) {
  static Source of(String kind, Object record, @Nullable Instant at) {
    return new Source(kind, record.toString(), at, "");
  }

  static Source of(String kind, Object record, @Nullable Instant at, String note) {
    return new Source(kind, record.toString(), at, note);
  }

  static Source measured(String by, Instant at, String note) {
    return new Source("measured", by, at, note);
  }

  /// What the caller asks to do is itself a fact.
  static Source asked(Instant at) {
    return new Source("question", "this", at, "");
  }
}
