/// Runs folders of cases, and decisions that were stored, against the rulebook: situations with
// what
/// is expected of it or what it once said. Fed with the bytes of files by whoever can read them.
/// Reads no file itself.
@NullMarked
package cn.mingmian.law.cases;

import org.jspecify.annotations.NullMarked;
