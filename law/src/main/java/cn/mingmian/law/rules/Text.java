package cn.mingmian.law.rules;

/// One sentence in both languages of this program. Immutable.
///
/// @param zh  simplified Chinese, the language of the people it reaches
/// @param en  English
public record Text(String zh, String en) {
  public Text {
    if (zh.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException(
          "a text needs both languages, found zh `%s`, en `%s`".formatted(zh, en));
    }
  }
}
