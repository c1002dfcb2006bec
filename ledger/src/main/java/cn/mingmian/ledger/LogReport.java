package cn.mingmian.ledger;

import java.util.List;
import java.util.Optional;

/// What an offline check of a whole log found. Immutable.
public sealed interface LogReport {
  /// For people, several lines, the verdict first.
  String text();

  /// Every entry, every tile, the root and the signature fit together.
  ///
  /// @param signed the statement that all of it was held against; to be kept for the next visit
  /// @param since the earlier checkpoint that the log was shown to continue, if one was given
  record Intact(SignedCheckpoint signed, Optional<Checkpoint> since) implements LogReport {
    public Checkpoint checkpoint() {
      return signed.checkpoint();
    }

    @Override
    public String text() {
      String continues =
          since
              .map(
                  earlier ->
                      "\n  continues the checkpoint of %d entries that was seen before"
                          .formatted(earlier.size()))
              .orElse("");
      return "log `%s` is intact\n  %d entries, all hashed again\n  root %s, signed%s"
          .formatted(checkpoint().origin(), checkpoint().size(), checkpoint().root(), continues);
    }
  }

  /// Something does not fit.
  ///
  /// @param findings in the order of the log, at most [LogVerifier#MOST_FINDINGS]; never empty
  /// @param checkpoint absent if it is itself what does not hold
  record Damaged(List<Finding> findings, Optional<Checkpoint> checkpoint) implements LogReport {
    public Damaged {
      findings = List.copyOf(findings);
      if (findings.isEmpty()) {
        throw new IllegalArgumentException("a damaged log has a finding");
      }
    }

    @Override
    public String text() {
      StringBuilder text =
          new StringBuilder(
              "log %s DOES NOT HOLD"
                  .formatted(
                      checkpoint.map(c -> "`" + c.origin() + "`").orElse("(origin unknown)")));
      for (Finding finding : findings) {
        text.append("\n  %s: %s".formatted(finding.where(), finding.what()));
        text.append("\n    expected %s".formatted(finding.expected()));
        text.append("\n    found    %s".formatted(finding.found()));
      }
      if (findings.size() == LogVerifier.MOST_FINDINGS) {
        text.append("\n  stopped here; there may be more");
      }
      return text.toString();
    }
  }

  /// One thing that does not fit.
  ///
  /// @param where file of the log, as `tile/0/001`
  /// @param entry the first entry that it concerns, if it is about entries
  record Finding(String where, Optional<Long> entry, String what, String expected, String found) {}
}
