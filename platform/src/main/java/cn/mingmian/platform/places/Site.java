package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import java.util.Optional;

/// A place that the operator runs.
///
/// @param version counts from 1; a change names the version it was made from
public record Site(
    SiteId id, int version, String name, Territory territory, Optional<Province> province) {}
