/// Complaints and reports of anybody, also of people whom nobody knows, until the result is told;
/// and the authorities that can be turned to instead.
/// Fed by an open page and the desk. Asks for no name and no login.
@NullMarked
package cn.mingmian.platform.complaints;

import org.jspecify.annotations.NullMarked;
