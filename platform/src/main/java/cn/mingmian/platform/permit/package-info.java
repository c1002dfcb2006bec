/// Asks the law before anything is done with a face, and hands out single-use permits.
/// Fed by the records to its left, from which it gathers every fact itself, and by what was
/// measured in one photo.
/// The only package that asks the rulebook and the only one that can make a [Permit]; touches no
/// template and no photo.
@NullMarked
package cn.mingmian.platform.permit;

import org.jspecify.annotations.NullMarked;
