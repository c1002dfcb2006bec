/// Runs folders of cases: situations with what is expected of the rulebook, and clock cases.
/// Fed with the bytes of files by whoever can read them.
/// Reads no file itself.
@NullMarked
package cn.mingmian.law.cases;

import org.jspecify.annotations.NullMarked;
