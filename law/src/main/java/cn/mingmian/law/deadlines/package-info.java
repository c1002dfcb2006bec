/// How long a clock of the law runs: working days with make-up days, calendar days, hours, months,
/// years.
/// Fed by the holiday notices on its own class path and by further notices handed in as bytes.
/// May not touch clocks, files, the network or any other package of this program.
@NullMarked
package cn.mingmian.law.deadlines;

import org.jspecify.annotations.NullMarked;
