package cn.mingmian.vault;

import java.util.List;

/// What a search found.
///
/// @param hits  best first, each at or above the minimum; empty if nobody is near enough
/// @param damaged  templates that may have been hits but could not be opened; never silently
///     dropped
public record SearchResult(List<Hit> hits, List<TemplateId> damaged) {
  public SearchResult {
    hits = List.copyOf(hits);
    damaged = List.copyOf(damaged);
  }
}
