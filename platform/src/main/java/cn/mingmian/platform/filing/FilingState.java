package cn.mingmian.platform.filing;

import cn.mingmian.law.deadlines.Due;
import cn.mingmian.law.facts.FilingStatus;
import java.time.LocalDate;
import java.util.Optional;

/// Where the filing stands.
///
/// @param storedPersons distinct persons stored now, those being erased included
/// @param reachedOn the Shanghai day on which the threshold was reached; it latches
/// @param due by when to file, once it was reached
public record FilingState(
    long storedPersons, FilingStatus status, Optional<LocalDate> reachedOn, Optional<Due> due) {}
