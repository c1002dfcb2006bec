package cn.mingmian.platform.places;

import java.time.LocalTime;

/// On what terms a way in is offered; a statement of one, approved by another.
///
/// @param extraFen what it costs more than the face, in fen
/// @param metresFromFace how far it is from the face device
/// @param opens from when, in Beijing time
/// @param closes until when; the same as `opens` means all day
/// @param power what keeps it working when the mains fail
public record WayTerms(
    int extraFen, int metresFromFace, LocalTime opens, LocalTime closes, String power) {}
