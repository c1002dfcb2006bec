package cn.mingmian.platform.notices;

import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// A notice's text, item by item. Immutable.
public record NoticeText(Map<NoticeItem, Bilingual> items) {
  public NoticeText {
    items = Map.copyOf(items);
  }

  public Set<NoticeItem> present() {
    return items.keySet();
  }

  /// @throws IllegalArgumentException if the notice does not tell it
  public Bilingual item(NoticeItem item) {
    Bilingual text = items.get(item);
    if (text == null) throw new IllegalArgumentException("the notice has no `%s`".formatted(item));
    return text;
  }

  /// SHA-256 of the text, hexadecimal: two texts are the same exactly if it is.
  public String fingerprint() {
    String canonical = Json.write(new EnumMap<>(items));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
