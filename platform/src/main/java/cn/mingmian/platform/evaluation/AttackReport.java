package cn.mingmian.platform.evaluation;

import cn.mingmian.platform.evaluation.EvaluationReport.Ground;
import cn.mingmian.platform.evaluation.EvaluationReport.Share;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How often presentation attacks pass, in the terms of ISO/IEC 30107-3.
///
/// @param bar        liveness score at and above which a photo counts as live
/// @param bpcer      live photos taken for attacks
/// @param bpnrr      live photos that got no answer
/// @param species    the worst first
/// @param worstApcer of the worst species; empty if no attack got an answer
/// @param trade      BPCER where the worst species passes at most this often
public record AttackReport(
    String model,
    String set,
    Ground ground,
    Instant begun,
    double bar,
    int live,
    Share bpcer,
    Share bpnrr,
    List<Species> species,
    Optional<Double> worstApcer,
    List<Trade> trade) {
  public AttackReport {
    species = List.copyOf(species);
    trade = List.copyOf(trade);
  }

  /// @param apcer attacks taken for live, of those that got an answer
  /// @param apnrr attacks that got no answer
  public record Species(String name, int presented, Share apcer, Share apnrr) {}

  /// @param bpcer empty where nothing got an answer
  public record Trade(double apcer, Optional<Double> bpcer) {}
}
