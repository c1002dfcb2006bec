/// Papers for people: values that say what a paper tells, and a press that prints them as PDF/A.
/// Fed by whatever certifies, answers or posts; knows none of it.
/// Reads and keeps nothing: a paper leaves as bytes and is forgotten.
@NullMarked
package cn.mingmian.platform.documents;

import org.jspecify.annotations.NullMarked;
