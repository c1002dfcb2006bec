package cn.mingmian.vault;

import java.time.Instant;

/// What came of an erasure. It is [Done] only when keys and bytes are destroyed on disk; asking
/// again gives the same evidence.
public sealed interface Erasure {
  /// Destroyed.
  ///
  /// @param target  id of the key or template, 32 hexadecimal digits
  /// @param templates  sealed templates destroyed
  /// @param keys  wrapped keys destroyed
  /// @param bytes  bytes overwritten and unlinked
  /// @param begunAt  when it became unfindable
  /// @param finishedAt  when the last byte was destroyed
  /// @param epoch  copies of the wrapped keys, on worn disk blocks or in backups, stay readable
  ///     until the epoch key of this number is destroyed
  record Done(
      String target,
      int templates,
      int keys,
      long bytes,
      Instant begunAt,
      Instant finishedAt,
      long epoch)
      implements Erasure {}

  /// Nothing of this id is held, and no evidence of an earlier erasure is kept.
  record NotHeld(String target) implements Erasure {}
}
