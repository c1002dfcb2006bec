package cn.mingmian.platform.notices;

import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import java.time.Instant;
import java.util.Optional;

/// One version of a public document.
public record Rules(
    RulesKind kind,
    int version,
    Bilingual text,
    Actor author,
    Instant writtenAt,
    Optional<Actor> publisher,
    Optional<Instant> publishedAt) {}
