package cn.mingmian.platform.audit;

import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// A dated claim by a member of staff, and who else approved it. It counts once approved.
///
/// @param subject id of what it is about
/// @param body a record of the topic's type
public record Statement<T>(
    String id,
    Topic topic,
    String subject,
    T body,
    Actor author,
    Instant madeAt,
    Optional<Actor> approver,
    Optional<Instant> approvedAt) {}
