package cn.mingmian.platform.records;

/// A text for people, in Chinese and English; neither is blank.
public record Bilingual(String zh, String en) {
  public Bilingual {
    if (zh.isBlank() || en.isBlank()) {
      throw new RejectedRecordException(
          "text-missing", "a text for people needs a Chinese and an English version");
    }
  }
}
