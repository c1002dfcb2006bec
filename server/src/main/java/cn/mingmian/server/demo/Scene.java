package cn.mingmian.server.demo;

import cn.mingmian.law.Finding;
import java.util.List;

/// One thing that happened in the story, and whether it is what should have happened. Immutable.
///
/// @param zh       what was tried, in Chinese
/// @param en       the same in English
/// @param outcome  what came of it, in one line
/// @param articles which rules refused it, hardest law first; empty where nothing was refused
/// @param asHoped  whether that is right
/// @param millis   how long it took
public record Scene(
    String zh,
    String en,
    String outcome,
    List<Article> articles,
    boolean asHoped,
    long millis) {

  public Scene {
    articles = List.copyOf(articles);
  }

  /// A rule that refused, with what it says to the person it reaches.
  public record Article(
      String rule, String whyZh, String whyEn, String remedyZh, String remedyEn) {
    static Article of(Finding finding) {
      return new Article(
          finding.rule().id(),
          finding.why().zh(),
          finding.why().en(),
          finding.remedy().zh(),
          finding.remedy().en());
    }
  }
}
