/// Who agreed to what: one act for one purpose, pointing to the notice version that was shown;
/// refusals, withdrawals, guardians.
/// Fed by consent pages and desks; read by `permit`.
/// Validity is never a field here: form and vices are derived from how the act happened, and
/// whether a consent holds is asked of the rulebook.
@NullMarked
package cn.mingmian.platform.consent;

import org.jspecify.annotations.NullMarked;
