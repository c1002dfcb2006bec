package cn.mingmian.platform.places;

import cn.mingmian.law.facts.ProcessorKind;
import java.time.Instant;

/// Who processes: the body that runs this installation.
///
/// @param version counts from 1
/// @param contact how people reach it about their rights, as the notice tells it
/// @param creditCode unified social credit code, as filed; may be empty
/// @param publicFacing whether it offers face recognition to the general public
/// @param privacyOfficer the responsible person's name or post
public record Operator(
    int version,
    String name,
    String contact,
    String creditCode,
    ProcessorKind kind,
    boolean publicFacing,
    String privacyOfficer,
    Instant recordedAt) {}
