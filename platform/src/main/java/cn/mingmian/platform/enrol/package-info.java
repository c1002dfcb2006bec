/// Turns a photo into a kept template, if the law and the photo allow it.
/// Fed with a session, a person and a photo; asks `permit`, looks with the engine, hands the floats
/// to `templates`. Keeps no photo; what it answers holds no template.
@NullMarked
package cn.mingmian.platform.enrol;

import org.jspecify.annotations.NullMarked;
