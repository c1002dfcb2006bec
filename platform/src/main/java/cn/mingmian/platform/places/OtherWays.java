package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Truth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The ways in beside the face at one checkpoint, now.
///
/// @param measures one for each way that has not been taken away, in a fixed neutral order
/// @param outsideHeard whether a working one is heard from outside this process
public record OtherWays(CheckpointId checkpoint, List<WayMeasure> measures, boolean outsideHeard) {
  public OtherWays {
    measures = List.copyOf(measures);
  }

  /// The ways that can be used now; none counts while all signs of life come from inside.
  public Set<Alternative> offered() {
    EnumSet<Alternative> kinds = EnumSet.noneOf(Alternative.class);
    if (outsideHeard) {
      measures.stream().filter(WayMeasure::working).forEach(m -> kinds.add(m.kind()));
    }
    return Set.copyOf(kinds);
  }

  /// Yes if a working way is reasonable; unknown if none is, but one has no figures.
  public Truth reasonable() {
    Truth best = Truth.NO;
    boolean any = false;
    for (WayMeasure m : measures) {
      if (!m.working()) continue;
      any = true;
      best = best.or(m.reasonable());
    }
    return any && outsideHeard ? best : Truth.UNKNOWN;
  }

  /// law| MEASURES-2025/10.1: the face is not asked for where it would be the only way.
  public boolean faceMayBeAsked() {
    return !offered().isEmpty();
  }
}
