package cn.mingmian.platform.templates;

import cn.mingmian.platform.people.PersonId;
import java.util.List;

/// What a search of one gallery found.
///
/// @param candidates best first, each at or above the threshold; empty if nobody is near enough
/// @param searched   members that the search was allowed to see
/// @param damaged    members that may have been found but whose template could not be opened
public record Found(List<Candidate> candidates, int searched, int damaged) {
  public Found {
    candidates = List.copyOf(candidates);
  }

  /// A member near enough; not named to anybody before the law was asked about this member.
  ///
  /// @param cosine -1 to 1
  public record Candidate(PersonId person, String template, double cosine) {}
}
