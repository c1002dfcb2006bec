/// Filing with the cyberspace administration: how many distinct persons are stored, the day on
/// which 100,000 were reached, and what was filed.
/// Told by `people` in the transaction that changes the number.
/// It counts people, not templates, and what it latched no later fall undoes.
@NullMarked
package cn.mingmian.platform.filing;

import org.jspecify.annotations.NullMarked;
