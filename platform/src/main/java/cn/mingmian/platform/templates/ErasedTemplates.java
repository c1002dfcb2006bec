package cn.mingmian.platform.templates;

import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import java.time.Instant;
import java.util.List;

/// What was destroyed, of one person and for one purpose. Immutable.
public record ErasedTemplates(PersonId person, PurposeId purpose, List<One> templates) {
  public ErasedTemplates {
    templates = List.copyOf(templates);
  }

  /// One template.
  ///
  /// @param reason       `withdrawn`, `expired`, `requested`
  /// @param unfindableAt from then on nothing could find it
  /// @param destroyedAt  its key and its last byte were destroyed
  /// @param keys         wrapped keys destroyed
  /// @param bytes        bytes overwritten
  /// @param epoch        copies on worn disk blocks or in backups die with the epoch key of this
  ///     number
  /// @param entry        of the log
  public record One(
      SiteId site,
      Instant enrolledAt,
      String reason,
      Instant unfindableAt,
      Instant destroyedAt,
      int keys,
      long bytes,
      long epoch,
      EntryId entry) {}
}
