/// Prepares a usual place from a few answers, so that nobody begins with an empty form.
/// Fed by the operator's answers; writes through the ordinary doors, author and approver apart.
/// Has no door of its own into any record, and vouches for nothing that must come from outside.
@NullMarked
package cn.mingmian.platform.setup;

import org.jspecify.annotations.NullMarked;
