package cn.mingmian.law.lint;

import cn.mingmian.law.deadlines.Bilingual;
import java.util.List;

/// Words that may not stand in a consent text, in standard terms or on a screen. Immutable.
public record Flaw(Kind kind, Span span) {

  /// The provision that it breaks first of all, such as `SPC-2021/11`.
  public String rule() {
    return kind.rules().getFirst();
  }

  /// Every provision that it breaks, hardest first.
  public List<String> rules() {
    return kind.rules();
  }

  public Bilingual why() {
    return kind.why();
  }

  /// A wording, or a way of doing it, that would do.
  public Bilingual better() {
    return kind.better();
  }

  @Override
  public String toString() {
    return "%d:%d %s %s `%s`".formatted(span.line(), span.column(), rule(), kind, span.quoted());
  }
}
