package cn.mingmian.platform.notices;

import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import java.time.Instant;
import java.util.Optional;

/// One version of the notice for a purpose at a site.
///
/// @param version counts from 1 for each purpose and site
/// @param publishedAt when another person published it
public record Notice(
    PurposeId purpose,
    SiteId site,
    int version,
    NoticeText text,
    Actor author,
    Instant writtenAt,
    Optional<Actor> publisher,
    Optional<Instant> publishedAt) {}
