package cn.mingmian.law;

import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Truth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the rulebook says of one deed. It gives nobody power to do it. Immutable.
///
/// @param facts  what was judged
/// @param findings  of every rule that was asked: the violated first, then those with duties, then
///     the satisfied, each hardest law first
/// @param duties  in the order of their rules
/// @param rulebook  the version of the rulebook that decided
public record Decision(
    Facts facts, Outcome outcome, List<Finding> findings, List<Duty> duties, String rulebook) {
  private static final Map<String, FactField> FIELDS =
      FactField.ALL.stream().collect(Collectors.toMap(FactField::pointer, field -> field));

  public Decision {
    findings = List.copyOf(findings);
    duties = List.copyOf(duties);
  }

  public boolean isPermitted() {
    return outcome != Outcome.REFUSE;
  }

  /// The findings of the violated rules, hardest law first.
  public List<Finding> violations() {
    return findings.stream().filter(f -> f.result() == Finding.Result.VIOLATED).toList();
  }

  /// Ids of the violated rules, hardest law first.
  public List<String> violated() {
    return violations().stream().map(f -> f.rule().id()).toList();
  }

  public Optional<Finding> finding(String rule) {
    return findings.stream().filter(f -> f.rule().id().equals(rule)).findFirst();
  }

  /// The facts that a finding carries as evidence: pointer and value, as far as they are known.
  public Map<String, String> evidence(Finding finding) {
    Map<String, String> evidence = new LinkedHashMap<>();
    for (String pointer : finding.rule().evidence()) {
      FactField field = FIELDS.get(pointer);
      if (field == null) throw new IllegalStateException("no field `%s`".formatted(pointer));
      Object value = field.of(facts);
      if (value == null || value == Truth.UNKNOWN) continue;
      evidence.put(pointer, value instanceof Truth truth ? "" + truth.isYes() : value.toString());
    }
    return evidence;
  }
}
