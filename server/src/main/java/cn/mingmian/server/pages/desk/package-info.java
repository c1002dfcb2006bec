/// The desk of staff who help people: requests by due date, review of objections, complaints,
// codes.
/// Fed by the console's login; writes through the platform's doors under the account's own hand.
/// Looks at no face; no outcome is filled in before somebody decides.
@NullMarked
package cn.mingmian.server.pages.desk;

import org.jspecify.annotations.NullMarked;
