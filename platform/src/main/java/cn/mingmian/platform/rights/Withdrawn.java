package cn.mingmian.platform.rights;

import cn.mingmian.platform.consent.Withdrawal;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.templates.ErasedTemplates;
import java.util.Optional;

/// What came of a withdrawal. It is effective in every case: from its instant on nothing finds the
/// person.
///
/// @param logged     whether withdrawal and erasure are in the log yet; if not, they follow
/// @param erased     what was destroyed at once
/// @param restricted why it may not be destroyed yet, such as a legal hold; then it is kept and not
///     used
public record Withdrawn(
    Withdrawal withdrawal,
    boolean logged,
    Optional<ErasedTemplates> erased,
    Optional<Refusal> restricted) {}
