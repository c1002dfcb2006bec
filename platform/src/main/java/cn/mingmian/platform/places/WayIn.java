package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A way in beside the face, as it stands now.
///
/// @param beatsEvery how long it counts as working after a sign of life
/// @param lastBeat its last sign of life
/// @param lastBeatOutside whether that came from outside this process
/// @param healthy what it said of itself then
/// @param removedAt when it was taken away
public record WayIn(
    WayId id,
    CheckpointId checkpoint,
    Alternative kind,
    String name,
    Duration beatsEvery,
    Optional<Instant> lastBeat,
    boolean lastBeatOutside,
    boolean healthy,
    Optional<Instant> removedAt) {
  public boolean working(Instant now) {
    return removedAt.isEmpty()
        && healthy
        && lastBeat.isPresent()
        && !lastBeat.get().isAfter(now)
        && !now.isAfter(lastBeat.get().plus(beatsEvery));
  }
}
