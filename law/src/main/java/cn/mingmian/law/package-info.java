/// May this be done with a face, under which article, and what follows? The door of the rulebook.
/// Fed by facts, answered with decisions.
/// May touch nothing outside itself: no I/O, no clock, no framework.
@NullMarked
package cn.mingmian.law;

import org.jspecify.annotations.NullMarked;
