package cn.mingmian.server.command;

import cn.mingmian.law.deadlines.Bilingual;
import cn.mingmian.law.lint.Flaw;
import java.util.List;

/// A flaw of a text as the command line and the API show it.
///
/// @param rules  every provision that it breaks, hardest first
/// @param line  from 1
/// @param column  from 1, in code points
/// @param quoted  the words as they stand in the text
/// @param better  a wording that would do
public record FlawView(
    String kind,
    List<String> rules,
    int line,
    int column,
    int start,
    int end,
    String quoted,
    Bilingual why,
    Bilingual better) {

  public FlawView {
    rules = List.copyOf(rules);
  }

  /// Shows `flaw`.
  public static FlawView of(Flaw flaw) {
    return new FlawView(
        flaw.kind().name(),
        flaw.rules(),
        flaw.span().line(),
        flaw.span().column(),
        flaw.span().start(),
        flaw.span().end(),
        flaw.span().quoted(),
        flaw.why(),
        flaw.better());
  }
}
