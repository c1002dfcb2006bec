/// What if: situations that nobody is in, judged by the rulebook, and the facts that would change
/// the answer. Fed by the law's own table of fields. Gives nobody power and touches no record.
@NullMarked
package cn.mingmian.server.whatif;

import org.jspecify.annotations.NullMarked;
