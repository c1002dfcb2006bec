package cn.mingmian.vault;

import java.time.Instant;

/// Says that an epoch key was destroyed: copies of wrapped keys made while it lived, on worn disk
/// blocks or in backups, cannot be unwrapped any more.
///
/// @param destroyed  number of the destroyed epoch
/// @param keys  live keys that were wrapped anew under `current`
public record EpochChange(long destroyed, Instant destroyedAt, Epoch current, int keys) {}
