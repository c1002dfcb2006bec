package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.audit.Statement;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.Topic;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which rule packs apply besides the law in force, which always does. Switching one on counts at
/// once, for it only adds refusals and duties; switching one off counts from another person's
/// approval on. Both are statements in the log. Thread-safe.
public final class RulePacks {
  private static final String SUBJECT = "operator";

  private final Statements statements;
  private final Set<Pack> atFirst;

  /// @param atFirst what applies until somebody says otherwise
  public RulePacks(Statements statements, Set<Pack> atFirst) {
    this.statements = statements;
    this.atFirst = Set.copyOf(atFirst);
  }

  /// What somebody chose.
  ///
  /// @param why in words of the operator's own
  public record Choice(Pack pack, boolean on, String why) {}

  /// @return the statement's id: what switches off is approved by it
  /// @throws RejectedRecordException `needs-reason`
  public String choose(Choice choice, Actor author) {
    if (choice.why().isBlank()) {
      throw new RejectedRecordException(
          "needs-reason", "expected a reason for switching `%s`".formatted(choice.pack()));
    }
    return statements.make(Topic.RULE_PACK, SUBJECT, choice, author);
  }

  /// What applies now.
  public Set<Pack> inForce() {
    Set<Pack> packs = EnumSet.noneOf(Pack.class);
    packs.addAll(atFirst);
    Set<Pack> settled = EnumSet.noneOf(Pack.class);
    for (Statement<Choice> statement : history()) {
      Choice choice = statement.body();
      if (!choice.on() && statement.approvedAt().isEmpty()) continue;
      // Newest first: what was proposed before a later switching on is past.
      if (!settled.add(choice.pack())) continue;
      if (choice.on()) packs.add(choice.pack());
      else packs.remove(choice.pack());
    }
    return packs;
  }

  /// Every choice, newest first.
  public List<Statement<Choice>> history() {
    return statements.history(Topic.RULE_PACK, SUBJECT, Choice.class);
  }
}
