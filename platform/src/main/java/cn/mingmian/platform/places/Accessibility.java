package cn.mingmian.platform.places;

/// What a checkpoint offers to elderly and disabled people, with evidence; a statement of one,
/// approved by another.
///
/// @param evidence where this can be seen: a report, a photo, a test
public record Accessibility(
    boolean largeType, boolean readAloud, boolean assistedPath, String evidence) {
  /// law| MEASURES-2025/5.3, BFEL/39: notice and other ways usable, and help by people.
  public boolean complete() {
    return largeType && readAloud && assistedPath && !evidence.isBlank();
  }
}
