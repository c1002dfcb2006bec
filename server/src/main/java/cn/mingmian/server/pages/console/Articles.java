package cn.mingmian.server.pages.console;

import cn.mingmian.law.Finding;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.rules.Requirement;
import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.records.Bilingual;
import java.util.Locale;

/// What articles are called, in the reader's language.
final class Articles {
  private final Rulebook rulebook = Rulebook.standard();

  /// The citation of a rule; its id where the rulebook does not hold it.
  String citation(String rule, Locale locale) {
    return rulebook.rule(rule).map(r -> in(locale, r.citation())).orElse(rule);
  }

  /// What cures the first thing that a rule asks for; empty where it asks for nothing.
  String cure(String rule, Locale locale) {
    return rulebook
        .rule(rule)
        .flatMap(r -> r.requirements().stream().findFirst())
        .map(Requirement::remedy)
        .map(remedy -> in(locale, remedy))
        .orElse("");
  }

  /// What cures a finding.
  static String remedy(Finding finding, Locale locale) {
    return in(locale, finding.remedy());
  }

  static String in(Locale locale, Bilingual text) {
    return locale.getLanguage().equals("en") ? text.en() : text.zh();
  }

  private static String in(Locale locale, Text text) {
    return locale.getLanguage().equals("en") ? text.en() : text.zh();
  }
}
