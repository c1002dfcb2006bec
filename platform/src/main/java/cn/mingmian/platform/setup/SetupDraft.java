package cn.mingmian.platform.setup;

import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// A whole set-up that one person wrote, and another approved or not yet. Immutable.
///
/// @param replaces the draft that this one was made from
/// @param prepared what came of it, once it was approved
public record SetupDraft(
    String id,
    StarterPlace kind,
    Answers answers,
    Optional<String> replaces,
    Actor author,
    Instant writtenAt,
    Optional<Actor> approver,
    Optional<StarterSetup.Prepared> prepared) {}
