package cn.mingmian.platform.assessment;

import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.purposes.PurposeId;
import java.util.Map;
import java.util.Set;

/// What an assessment says.
///
/// @param sections the text of each section that has one
/// @param verbs what it covers
public record AssessmentDraft(
    PurposeId purpose, SiteZoneId zone, Map<Section, String> sections, Set<Verb> verbs) {
  public AssessmentDraft {
    sections = Map.copyOf(sections);
    verbs = Set.copyOf(verbs);
  }

  /// law| MEASURES-2025/9.2: the four contents without which it is none.
  static final Set<Section> DUE =
      Set.of(Section.LAWFUL_PURPOSE, Section.RIGHTS_IMPACT, Section.LEAK_RISK, Section.MEASURES);

  /// The sections with a text.
  public Set<Section> written() {
    return sections.entrySet().stream()
        .filter(e -> !e.getValue().isBlank())
        .map(Map.Entry::getKey)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }
}
