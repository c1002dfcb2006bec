/// The five families of protection: each works only while a real check of it passed not long ago.
/// Fed by self-checks that the parts of the program register, and by the audit trail's own state.
/// It may not take anybody's word for a control.
@NullMarked
package cn.mingmian.platform.controls;

import org.jspecify.annotations.NullMarked;
