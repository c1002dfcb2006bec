/// Keeps templates, finds them again and destroys them: which sealed template belongs to whom.
/// Fed with permits and with the floats of one face; the only package that opens the vault.
/// Hands no template out, knows no engine, and does nothing to a face without a permit for exactly
/// that.
@NullMarked
package cn.mingmian.platform.templates;

import org.jspecify.annotations.NullMarked;
