/// JMH, accuracy runs and comparisons with peers. Never shipped.
@NullMarked
package cn.mingmian.benchmarks;

import org.jspecify.annotations.NullMarked;
