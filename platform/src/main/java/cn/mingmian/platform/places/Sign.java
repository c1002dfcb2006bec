package cn.mingmian.platform.places;

import java.time.Instant;
import java.time.LocalDate;

/// A sign that was photographed in its place, and when somebody last looked whether it still hangs.
///
/// @param photoHash SHA-256 of the photo, hexadecimal
/// @param position where it hangs
/// @param inPlace what the last check found
public record Sign(
    String id,
    SiteZoneId zone,
    String photoHash,
    LocalDate takenOn,
    String position,
    Instant lastCheckedAt,
    boolean inPlace) {}
