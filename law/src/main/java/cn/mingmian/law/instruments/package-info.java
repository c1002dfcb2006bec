/// One file per instrument, one rule per article or paragraph: what it asks, why it refuses, what
/// cures it.
/// Fed by situations.
/// Knows no decision and no other instrument's file.
@NullMarked
package cn.mingmian.law.instruments;

import org.jspecify.annotations.NullMarked;
