package cn.mingmian.vault;

import java.time.Instant;

/// One template the vault holds, for comparison with the records that should own it.
public record Held(TemplateId template, KeyId key, GalleryId gallery, Instant expiresAt) {}
