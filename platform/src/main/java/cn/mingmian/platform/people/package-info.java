/// The people whose faces are recognised, and what is held of each: under random ids, apart from
/// every template.
/// Fed by registration and enrolment; told by `templates` what is stored and erased, in the same
/// transaction.
/// It holds no face information, and no address or identity number beside a template.
@NullMarked
package cn.mingmian.platform.people;

import org.jspecify.annotations.NullMarked;
