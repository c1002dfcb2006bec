/// What faces are used for: each purpose with its statement, necessity, the ladder of lesser means
/// and why each fails, ground and retention, written by one and approved by another.
/// Fed by the purposes page and the API.
/// It decides nothing; whether a purpose suffices is asked of the rulebook elsewhere.
@NullMarked
package cn.mingmian.platform.purposes;

import org.jspecify.annotations.NullMarked;
