package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Alternative;
import java.util.Map;
import java.util.Set;

/// What came of asking to open a session. Nothing is captured either way.
public sealed interface Opened {
  /// The face may be asked for; and these ways stand open beside it.
  ///
  /// @param otherWays what works now without a face
  /// @param decided   the decision that allows the face to be asked for
  /// @param duties    what had to accompany it, and the evidence that it did; or the task that was
  ///     opened
  record Open(
      Session session, Set<Alternative> otherWays, Decided decided, Map<String, String> duties)
      implements Opened {
    public Open {
      otherWays = Set.copyOf(otherWays);
      duties = Map.copyOf(duties);
    }
  }

  /// The face may not even be asked for; the other ways are not touched by that.
  record Refused(Refusal refusal) implements Opened {}
}
