package cn.mingmian.law.deadlines;

/// One message in both languages of this program. Immutable.
///
/// @param zh  simplified Chinese, the language of the people it reaches
/// @param en  English
public record Bilingual(String zh, String en) {
  public Bilingual {
    if (zh.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException(
          "a message needs both languages, found zh `%s`, en `%s`".formatted(zh, en));
    }
  }
}
