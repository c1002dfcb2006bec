package cn.mingmian.platform.consent;

import cn.mingmian.platform.audit.EntryId;
import java.time.Instant;

/// A withdrawal: from `at` on the consent holds no more, and what was done before stays lawful.
///
/// @param entry its entry in the audit trail
/// @param repeated whether it had been withdrawn before; then this is the first one's
public record Withdrawal(ConsentId consent, Instant at, EntryId entry, boolean repeated) {}
