package cn.mingmian.vault;

import java.time.Instant;

/// The key that wraps all keys of the vault for a time.
///
/// @param number  1, 2, 3 …
public record Epoch(long number, Instant createdAt) {}
