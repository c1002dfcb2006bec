/// Ends what is past its time: templates, passages, sessions, epoch keys; by a sweeper, with
/// evidence. Fed by a clock; asks `permit` before it erases.
/// It lengthens nothing: what is past its time is refused at reading, whether or not the sweeper
/// came by.
@NullMarked
package cn.mingmian.platform.retention;

import org.jspecify.annotations.NullMarked;
