/// Engine service against engine service: the same models behind HTTP here and in Python, and the
/// load that both are put under. Fed by photos of a folder. Touches no permit, no vault and no log,
/// which is why it may never leave the benchmarks.
@NullMarked
package cn.mingmian.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
