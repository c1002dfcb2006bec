package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Truth;
import java.time.Duration;
import java.util.Optional;

/// What the last seven days say about a way in.
///
/// @param working whether it works now
/// @param passages how many were measured
/// @param waited within which time 90 % of them were through
/// @param face the same for the face; empty if nobody used it
/// @param reasonable law| MEASURES-2025/10.2: not established without figures or approved terms
/// @param why in one line
public record WayMeasure(
    WayId way,
    Alternative kind,
    boolean working,
    int passages,
    Optional<Duration> waited,
    Optional<Duration> face,
    Truth reasonable,
    String why) {}
