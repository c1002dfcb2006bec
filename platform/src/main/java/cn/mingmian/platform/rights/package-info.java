/// What people may ask for: to withdraw, to be forgotten with a certificate, to see what is held
/// about them. Fed by portal and desk; erases through `templates`, asks `permit` first.
/// Hands out no template, and asks nobody for a face to exercise a right.
@NullMarked
package cn.mingmian.platform.rights;

import org.jspecify.annotations.NullMarked;
