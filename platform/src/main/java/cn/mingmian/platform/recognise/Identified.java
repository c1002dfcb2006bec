package cn.mingmian.platform.recognise;

import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.enrol.Advice;
import cn.mingmian.platform.enrol.Outline;
import cn.mingmian.platform.enrol.Unusable;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Refusal;
import java.util.List;
import java.util.Map;

/// What came of an identification. Unknown is an empty list, never the nearest stranger.
public sealed interface Identified {
  /// Searched.
  ///
  /// @param members  who it may be, best first; empty is unknown
  /// @param searched members that the search was allowed to see
  /// @param fpir     rate at which a stranger is taken for some member of this gallery
  /// @param decision the decision that permitted the search
  /// @param entry    of the log
  record Answered(
      List<Member> members,
      int searched,
      Bar bar,
      double fpir,
      String decision,
      EntryId entry,
      Map<String, String> duties,
      Outline face)
      implements Identified {
    public Answered {
      members = List.copyOf(members);
      duties = Map.copyOf(duties);
    }

    public boolean unknown() {
      return members.isEmpty();
    }
  }

  /// A member whom the law allowed to name.
  ///
  /// @param decision the decision about this member
  record Member(PersonId person, double cosine, String decision) {}

  /// The law does not allow it.
  record Refused(Refusal refusal) implements Identified {}

  /// The photo gave no template.
  record PhotoUnusable(Unusable photo) implements Identified {}

  /// It looks like a picture, a screen or a mask; nothing was searched. No score is told.
  record SpoofSuspected(Advice advice, EntryId entry, Outline face) implements Identified {}

  /// There is no such session at this checkpoint, or its sixty seconds are over.
  record NoSession() implements Identified {}
}
