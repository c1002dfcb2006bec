package cn.mingmian.platform.places;

import java.time.LocalDate;

/// A hearing held before a public deployment; a statement of one, approved by another.
///
/// @param minutesHash SHA-256 of the minutes, hexadecimal
public record Hearing(LocalDate heldOn, String minutesHash) {}
