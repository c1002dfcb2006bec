package cn.mingmian.law.cases;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A stored decision, taken again from the same facts under a rulebook of today. Immutable.
///
/// The law of the day of the deed applies then as now; what may differ is this program's reading of
/// it, and every such difference is laid beside the entries of the changelog that touch the rule.
///
/// @param now  what is decided today
/// @param changes  what changed since; empty where the changelog does not list the old version
/// @param differences  the outcome first, then rules and duties by name
public record Replay(
    StoredDecision then,
    Decision now,
    Optional<List<Changelog.Entry>> changes,
    List<Difference> differences) {
  /// Said of what was not asked, or did not arise.
  public static final String NOTHING = "-";

  /// One answer that came out otherwise.
  ///
  /// @param what  `outcome`, a rule, a duty with its rule, or `words`
  /// @param because  entries of the changelog that touch it, newest first
  public record Difference(String what, String then, String now, List<Changelog.Entry> because) {
    public Difference {
      because = List.copyOf(because);
    }

    /// Whether nothing on record accounts for it.
    public boolean isUnexplained() {
      return because.isEmpty();
    }
  }

  /// How a replay came out.
  public enum Result {
    /// The same answers.
    SAME,
    /// Other answers, each with a change of the rulebook that touches it.
    EXPLAINED,
    /// Another answer that no change accounts for: the record or the program is not what it was.
    UNEXPLAINED
  }

  public Replay {
    differences = List.copyOf(differences);
  }

  /// Decides again.
  public static Replay of(StoredDecision then, Rulebook rulebook, Changelog changelog) {
    Decision now = rulebook.decide(then.facts());
    StoredDecision today = StoredDecision.of(now);
    Optional<List<Changelog.Entry>> changes = changelog.since(then.rulebook());
    List<Changelog.Entry> made = changes.orElse(List.of());
    Set<String> asked = new TreeSet<>(then.answers().keySet());
    asked.addAll(today.answers().keySet());
    asked.remove(StoredDecision.OUTCOME);
    List<Difference> differences = new ArrayList<>();
    Set<Changelog.Entry> because = new LinkedHashSet<>();
    for (String each : asked) {
      String before = then.answers().getOrDefault(each, NOTHING);
      String after = today.answers().getOrDefault(each, NOTHING);
      if (before.equals(after)) continue;
      String rule = each.substring(each.indexOf(' ') + 1);
      List<Changelog.Entry> touching = made.stream().filter(e -> e.touches(rule)).toList();
      because.addAll(touching);
      differences.add(new Difference(each, before, after, touching));
    }
    String before = then.answers().get(StoredDecision.OUTCOME);
    String after = now.outcome().name();
    if (!after.equals(before)) {
      differences.addFirst(
          new Difference(StoredDecision.OUTCOME, "" + before, after, List.copyOf(because)));
    }
    if (differences.isEmpty()
        && then.rulebook().equals(now.rulebook())
        && !then.text().equals(today.text())) {
      // The version stands for every word: the same version cannot have said something else.
      differences.add(new Difference("words", "others", "these", List.of()));
    }
    return new Replay(then, now, changes, differences);
  }

  public Result result() {
    if (differences.isEmpty()) return Result.SAME;
    return differences.stream().anyMatch(Difference::isUnexplained)
        ? Result.UNEXPLAINED
        : Result.EXPLAINED;
  }
}
