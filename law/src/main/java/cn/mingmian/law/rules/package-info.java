/// What a rule is, and how the facts are read before any rule asks about them.
/// Fed by facts and deadlines.
/// Knows no single article: those stand in `instruments`.
@NullMarked
package cn.mingmian.law.rules;

import org.jspecify.annotations.NullMarked;
