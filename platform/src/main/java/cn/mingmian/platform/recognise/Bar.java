package cn.mingmian.platform.recognise;

/// The threshold that was used, and what it was calibrated to. Immutable.
///
/// @param threshold cosine; a score at or above it matches
/// @param fmr       false-match rate of one comparison at that threshold
public record Bar(double threshold, double fmr) {}
