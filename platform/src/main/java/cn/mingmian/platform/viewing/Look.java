package cn.mingmian.platform.viewing;

import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.permit.Refusal;
import java.util.List;

/// What came of looking at one person.
public sealed interface Look {
  /// What is held: that templates exist, never one of them.
  ///
  /// @param entry the look itself, in the log
  record Seen(Person person, List<Holding> holdings, List<Consent> consents, EntryId entry)
      implements Look {}

  /// The law does not allow it.
  record Refused(Refusal refusal) implements Look {}
}
