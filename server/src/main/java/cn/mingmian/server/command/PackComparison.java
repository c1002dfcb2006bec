package cn.mingmian.server.command;

import cn.mingmian.platform.evaluation.EvaluationReport;
import cn.mingmian.platform.evaluation.EvaluationReport.Row;
import cn.mingmian.platform.evaluation.EvaluationReport.Share;
import java.util.List;

/// Two packs over the same photos; as JSON it is the result of `evaluate --compare`. Immutable.
record PackComparison(EvaluationReport first, EvaluationReport second) {

  /// Both packs at one false-match rate, each at its own threshold.
  record Pair(Row first, Row second) {
    /// Whether the photos tell the two apart.
    boolean apart() {
      return PackComparison.apart(first.fnmr(), second.fnmr());
    }
  }

  /// The rates that both were measured at.
  List<Pair> rows() {
    return first.table().stream()
        .flatMap(
            row ->
                second.table().stream()
                    .filter(other -> other.wishedFmr() == row.wishedFmr())
                    .map(other -> new Pair(row, other)))
        .toList();
  }

  /// Whether two intervals have no rate in common.
  static boolean apart(Share one, Share other) {
    return one.high() < other.low() || other.high() < one.low();
  }
}
