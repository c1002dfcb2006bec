/// Where records live: one PostgreSQL, run by ourselves or given by a URL, and the few things that
/// every record needs (random ids, the acting member of staff, one write per idempotency key). Fed
/// by a directory or a URL, a clock and a source of randomness. It knows no duty of the operator
/// and no other package of the platform.
@NullMarked
package cn.mingmian.platform.records;

import org.jspecify.annotations.NullMarked;
