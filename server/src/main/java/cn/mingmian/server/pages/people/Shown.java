package cn.mingmian.server.pages.people;

import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.notices.Notice;
import cn.mingmian.platform.records.Bilingual;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How records look on these pages: in the reader's language, in Beijing time.
final class Shown {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Books.SHANGHAI);

  private Shown() {}

  static String text(Bilingual text, Locale locale) {
    return locale.getLanguage().equals("en") ? text.en() : text.zh();
  }

  static String time(Instant at) {
    return MINUTE.format(at);
  }

  /// One item of a notice.
  ///
  /// @param before what the version before said, where that differs; else empty
  record Item(String code, String text, String before) {}

  static List<Item> items(Notice notice, Optional<Notice> before, Locale locale) {
    List<Item> items = new ArrayList<>();
    for (NoticeItem item : NoticeItem.values()) {
      if (!notice.text().present().contains(item)) continue;
      String now = text(notice.text().item(item), locale);
      String then =
          before
              .filter(b -> b.text().present().contains(item))
              .map(b -> text(b.text().item(item), locale))
              .filter(old -> !old.equals(now))
              .orElse("");
      items.add(new Item(item.name(), now, then));
    }
    return items;
  }
}
