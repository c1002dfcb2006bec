package cn.mingmian.server.demo;

import cn.mingmian.law.Finding;
import java.util.List;
import java.util.Optional;

/// One thing that happened in the story, and whether it is what should have happened. Immutable.
///
/// @param zh       what was tried, in Chinese
/// @param en       the same in English
/// @param outcome  what came of it, in one line
/// @param articles which rules refused it, hardest law first; empty where nothing was refused
/// @param decisive the rule that the scene is about; empty where nothing was refused by one
/// @param asHoped  whether that is right
/// @param millis   how long it took
public record Scene(
    String zh,
    String en,
    String outcome,
    List<Article> articles,
    String decisive,
    boolean asHoped,
    long millis) {

  public Scene {
    articles = List.copyOf(articles);
  }

  /// The article that the scene is about, if a rule refused it.
  Optional<Article> lesson() {
    return articles.stream().filter(article -> article.rule().equals(decisive)).findFirst();
  }

  /// A rule that refused, with what it says to the person it reaches.
  public record Article(String rule, String whyZh, String whyEn, String remedyZh, String remedyEn) {
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
