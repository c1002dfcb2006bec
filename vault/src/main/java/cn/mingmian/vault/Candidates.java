package cn.mingmian.vault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Rows that may be among the `k` best at or above a minimum, judged by bounds on their cosine. One
/// thread at a time.
final class Candidates {
  /// @param bound  the cosine is at most this
  record Candidate(TemplateId template, double bound) {}

  private final int k;
  private final double minimum;

  /// The `k` best lower bounds: a row whose upper bound is below all of them cannot be a hit.
  private final PriorityQueue<Double> sure = new PriorityQueue<>();

  private final List<Candidate> candidates = new ArrayList<>();
  private double floor;

  Candidates(int k, double minimum) {
    this.k = k;
    this.minimum = minimum;
    this.floor = minimum;
  }

  /// Rows whose upper bound is below need not be offered.
  double floor() {
    return floor;
  }

  void offer(TemplateId template, double near, double error) {
    candidates.add(new Candidate(template, near + error));
    if (sure.size() < k) {
      sure.add(near - error);
    } else if (sure.element() < near - error) {
      sure.poll();
      sure.add(near - error);
    }
    if (sure.size() == k) floor = Math.max(minimum, sure.element());
  }

  /// Best bound first.
  List<Candidate> best() {
    double last = floor;
    return candidates.stream()
        .filter(candidate -> candidate.bound() >= last)
        .sorted(Comparator.comparingDouble(Candidate::bound).reversed())
        .toList();
  }
}
