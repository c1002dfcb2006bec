package cn.mingmian.platform.templates;

import cn.mingmian.platform.audit.EntryId;
import java.time.Instant;

/// What came of keeping a template.
public sealed interface Stored {
  /// Sealed, owned and logged.
  ///
  /// @param entry of the log
  record Kept(Instant enrolledAt, Instant expiresAt, EntryId entry) implements Stored {}

  /// The person has a template for this purpose at this site; nothing was kept.
  record AlreadyThere(Instant enrolledAt, Instant expiresAt) implements Stored {}

  /// The consent was withdrawn while the photo was being looked at; nothing was kept.
  record ConsentGone(Instant withdrawnAt) implements Stored {}
}
