package cn.mingmian.vault;

import java.time.Instant;

/// Says that a template is sealed and on disk.
///
/// @param bytes  size of the sealed file
/// @param epoch  number of the epoch key that wraps its keys now
public record Sealed(TemplateId template, KeyId key, long bytes, long epoch, Instant at) {}
