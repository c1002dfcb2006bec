package cn.mingmian.vault;

import java.nio.charset.StandardCharsets;

/// What a template is for: sealed together with it, so that it cannot be opened as anything else.
///
/// @param purpose  id of the purpose, 1 to 200 bytes of UTF-8; readable in the file's header, so no
///     personal information
public record Binding(ModelId model, String purpose, GalleryId gallery) {
  public Binding {
    checkText("purpose", purpose);
  }

  static void checkText(String what, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (text.isBlank() || bytes > 200) {
      throw new IllegalArgumentException(
          "%s `%s` has %d bytes, expected 1 to 200".formatted(what, text, bytes));
    }
  }
}
