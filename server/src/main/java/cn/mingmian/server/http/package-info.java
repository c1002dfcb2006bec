/// What every request passes whatever it asks: its id, its log line, limits, idempotency, and the
/// shape of every failure. Fed by the servlet container. Touches no record of the platform, and
/// writes no word of a request to a log.
@NullMarked
package cn.mingmian.server.http;

import org.jspecify.annotations.NullMarked;
