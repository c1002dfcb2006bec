package cn.mingmian.engine.evaluation;

/// What a run found within one demographic group: its people against themselves and each other.
/// Immutable once the run is over.
///
/// @param failureToEnrol photos of the group that gave no template
/// @param within         pairs of which both photos are of the group
public record GroupScores(String name, int people, Rate failureToEnrol, Scores within) {}
