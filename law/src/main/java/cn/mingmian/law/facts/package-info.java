/// What is known about one deed with one face: the domain of every rule, and its JSON.
/// Fed by whoever asks for a decision.
/// May use jackson-core alone; knows no rule.
@NullMarked
package cn.mingmian.law.facts;

import org.jspecify.annotations.NullMarked;
