/// Time stamps of a trusted authority (RFC 3161) over checkpoints of the log, by file out and in:
/// this program asks no other host for anything.
/// Fed with checkpoints; it may not touch the log.
@NullMarked
package cn.mingmian.server.stamp;

import org.jspecify.annotations.NullMarked;
