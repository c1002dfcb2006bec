package cn.mingmian.law.lint;

/// A place in a text, as the author of the text counts. Immutable.
///
/// @param start  offset of the first character, from 0, in UTF-16 units
/// @param end  offset behind the last character
/// @param line  from 1
/// @param column  from 1, in code points
/// @param quoted  the words there, as they stand in the text
public record Span(int start, int end, int line, int column, String quoted) {}
