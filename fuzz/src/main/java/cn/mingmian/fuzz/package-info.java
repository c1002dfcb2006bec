/// Bends good input at random and holds a reader to its promise; for tests.
/// Fed with a corpus of good and once harmful input.
/// It knows no module and ships with none.
@NullMarked
package cn.mingmian.fuzz;

import org.jspecify.annotations.NullMarked;
