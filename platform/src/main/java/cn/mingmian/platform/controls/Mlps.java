package cn.mingmian.platform.controls;

import java.time.LocalDate;

/// The record of classified protection.
///
/// law| MEASURES-2025/14.2: whoever is subject to it fulfils it.
///
/// @param level 1 to 5
/// @param filingNumber of the public security organ
/// @param assessedOn day of the last assessment
/// @param documentHash SHA-256 of the certificate, hexadecimal
public record Mlps(int level, String filingNumber, LocalDate assessedOn, String documentHash) {}
