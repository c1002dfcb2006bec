package cn.mingmian.platform.people;

import cn.mingmian.law.facts.LifeState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// Somebody who may be recognised.
///
/// @param version counts from 1
/// @param reference what the operator calls them, such as a member or staff number; never an
///     identity number or an address
/// @param birthDate unknown age is a state of its own, not an adult
public record Person(
    PersonId id,
    int version,
    Optional<String> reference,
    Optional<LocalDate> birthDate,
    LifeState state,
    Instant registeredAt) {}
