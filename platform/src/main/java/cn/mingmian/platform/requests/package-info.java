/// What people ask of the operator, until it is answered: by when, by whom, why not; and the human
/// review of what a machine answered.
/// Fed by portal and desk. Carries nothing out itself: deeds are done through `rights` and
// `people`.
@NullMarked
package cn.mingmian.platform.requests;

import org.jspecify.annotations.NullMarked;
