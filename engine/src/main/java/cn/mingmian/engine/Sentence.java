package cn.mingmian.engine;

/// One thing said to a person, in Chinese and in English. Immutable.
public record Sentence(String zh, String en) {
  public Sentence {
    if (zh.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException("sentence `%s` / `%s` lacks a language".formatted(zh, en));
    }
  }
}
