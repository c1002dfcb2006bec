package cn.mingmian.platform.places;

import cn.mingmian.platform.purposes.PurposeId;
import java.time.LocalTime;

/// A point where people pass or are served, with one face device and the ways in beside it.
///
/// @param version counts from 1
/// @param faceFrom from when on a day the face is offered, in Beijing time
/// @param faceUntil until when; the same as `faceFrom` means all day
public record Checkpoint(
    CheckpointId id,
    int version,
    String name,
    SiteZoneId zone,
    DeviceId device,
    PurposeId purpose,
    LocalTime faceFrom,
    LocalTime faceUntil) {
  /// Whether hours cover those of the face.
  boolean covered(LocalTime from, LocalTime until) {
    if (from.equals(until)) return true;
    if (faceFrom.equals(faceUntil)) return false;
    return !from.isAfter(faceFrom) && !until.isBefore(faceUntil);
  }
}
