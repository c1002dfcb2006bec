/// May this be done with a face, under which article, and what follows? Pure: no I/O, no clock, no
// framework.
@NullMarked
package cn.mingmian.law;

import org.jspecify.annotations.NullMarked;
