/// Reads consent texts, standard terms and screens, and shows the words that a court or the
/// Measures would not accept.
/// Fed with plain text; answers with places in it, rules and better wordings.
/// May not touch files, clocks or the network; takes nothing but
/// [cn.mingmian.law.deadlines.Bilingual] from elsewhere.
@NullMarked
package cn.mingmian.law.lint;

import org.jspecify.annotations.NullMarked;
