package cn.mingmian.platform.purposes;

import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One version of what a purpose says. Immutable.
///
/// @param statement what exactly the face is used for, as the notice tells it
/// @param necessity why that cannot do without
/// @param impact how it affects people, as the notice tells it
/// @param rung the means chosen
/// @param whyLesserFail for each milder rung, why it does not serve
/// @param ethics what was weighed beyond the law
/// @param ground the legal ground relied on
/// @param groundNorm the norm behind a ground that needs one
/// @param indispensableBecause why the service cannot be given at all without the face, if so
/// @param writtenConsentBy the law or administrative regulation that demands written consent
/// @param retentionDays the most days a template is kept
/// @param retentionReason why not fewer
/// @param verbs what is done under this purpose
/// @param falseMatchRate how often one comparison may take a stranger for the person, at most; from
///     0.00001 to 0.01, and the threshold follows from it
public record Terms(
    PurposeKind kind,
    Activity activity,
    Bilingual statement,
    Bilingual necessity,
    Bilingual impact,
    Rung rung,
    Map<Rung, String> whyLesserFail,
    String ethics,
    Ground ground,
    Optional<Norm> groundNorm,
    Optional<String> indispensableBecause,
    Optional<Norm> writtenConsentBy,
    int retentionDays,
    String retentionReason,
    Set<Verb> verbs,
    double falseMatchRate) {
  public Terms {
    whyLesserFail = Map.copyOf(whyLesserFail);
    verbs = Set.copyOf(verbs);
    if (retentionDays < 1 || retentionDays > 36_525) {
      throw new RejectedRecordException(
          "retention-out-of-range",
          "retention of `%d` days, expected 1 to 36525".formatted(retentionDays));
    }
    if (!(falseMatchRate >= 1e-5 && falseMatchRate <= 1e-2)) {
      throw new RejectedRecordException(
          "rate-out-of-range",
          "false-match rate of `%s`, expected .00001 to .01".formatted(falseMatchRate));
    }
    if (rung == Rung.NO_FACE) {
      throw new RejectedRecordException(
          "no-face-needed", "a purpose that is served without a face needs no face");
    }
    // law| MEASURES-2025/6.2: written consent where a law or administrative regulation demands it.
    writtenConsentBy.ifPresent(
        norm -> {
          if (norm.level() != NormLevel.LAW
              && norm.level() != NormLevel.ADMINISTRATIVE_REGULATION) {
            throw new RejectedRecordException(
                "norm-too-low",
                "only a law or an administrative regulation demands written consent, not a `%s`"
                    .formatted(norm.level()));
          }
        });
  }

  /// law| MEASURES-2025/4.1: a specific purpose.
  public boolean specific() {
    return kind != PurposeKind.OTHER || statement.zh().strip().length() >= 10;
  }

  /// law| MEASURES-2025/4.1: and a sufficient necessity.
  public boolean necessary() {
    return necessity.zh().strip().length() >= 10;
  }

  /// law| MEASURES-2025/4.2: the mildest means that works. Holds for a verb that stands no higher
  /// than the rung chosen, where every milder rung has its reason.
  public boolean leastImpact(Verb verb) {
    if (Rung.of(verb).compareTo(rung) > 0) return false;
    for (Rung milder : Rung.values()) {
      if (milder.compareTo(rung) >= 0) break;
      if (whyLesserFail.getOrDefault(milder, "").isBlank()) return false;
    }
    return true;
  }

  /// law| MEASURES-2025/8.2: the shortest time that serves the purpose, with its reason.
  public boolean shortestRetention() {
    return !retentionReason.isBlank();
  }
}
