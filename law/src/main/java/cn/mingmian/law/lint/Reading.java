package cn.mingmian.law.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A text made plain for matching, with the way back to the author's own characters: simplified
/// script, half-width punctuation, no hidden characters, no spaces between Chinese characters,
/// lines that were wrapped joined again; and cut into sentences. Immutable.
final class Reading {
  static final int MOST_CHARACTERS = 200_000;

  /// A line that runs on: shorter lines that lack a full stop are taken for titles or list items.
  private static final int WRAPPED_LINE = 18;

  private static final Map<Character, Character> SIMPLIFIED = simplified();
  private static final Pattern LIST_MARK =
      Pattern.compile(
          "^(?:[-*·•●○☐☑□■◆]|\\(?[0-9]{1,2}[.)、]|\\(?[一二三四五六七八九十]{1,3}[)、.]|#|第[一二三四五六七八九十0-9]+[章节条])");
  private static final Pattern TITLE_MARK =
      Pattern.compile("^(?:#+|第[一二三四五六七八九十0-9]+[章节条]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.、])");
  private static final Pattern SAYS_SOMETHING =
      Pattern.compile("您|你|我们|本公司|本人|将|可以|有权|应|须|必须|同意|不得|不能|会|请|:$|视为");
  private static final Pattern PROMISES_NOT =
      Pattern.compile("(?:不会|不得|不应|禁止|严禁|绝不|决不|不以|杜绝|不做|无效)[^。;!?]{0,30}:$");

  private final String source;
  private final String plain;
  private final int[] origin;
  private final int[] lineStarts;
  private final List<Sentence> sentences;

  private Reading(String source, String plain, int[] origin) {
    this.source = source;
    this.plain = plain;
    this.origin = origin;
    this.lineStarts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, source.length())
                    .filter(i -> source.charAt(i) == '\n')
                    .map(i -> i + 1))
            .toArray();
    this.sentences = List.copyOf(cut(plain));
  }

  /// @throws TextTooLongException above [#MOST_CHARACTERS]
  static Reading of(String source) {
    if (source.length() > MOST_CHARACTERS) {
      throw new TextTooLongException(source.length(), MOST_CHARACTERS);
    }
    StringBuilder plain = new StringBuilder(source.length());
    int[] origin = new int[source.length() + 1];
    int afterSpaces = 0;
    for (int i = 0; i < source.length(); i++) {
      char c = plain(source.charAt(i));
      if (isHidden(c)) continue;
      if (c == ' ') {
        // Looked for once for each run of spaces: a text of spaces alone is read in linear time.
        while (afterSpaces <= i
            || (afterSpaces < source.length() && isSkipped(source, afterSpaces))) {
          afterSpaces++;
        }
        if (!parts(source, plain, afterSpaces)) continue;
      }
      if (c == '\n' && runsOn(source, plain, i)) continue;
      origin[plain.length()] = i;
      plain.append(c);
    }
    origin[plain.length()] = source.length();
    return new Reading(source, plain.toString(), origin);
  }

  List<Sentence> sentences() {
    return sentences;
  }

  /// The first line that says something: what the text is about.
  String opening() {
    int end = plain.indexOf('\n');
    return end < 0 ? plain : plain.substring(0, end);
  }

  String plain() {
    return plain;
  }

  /// The place in the author's text of the plain characters from `start` to before `end`.
  Span span(int start, int end) {
    return spanOfSource(origin[start], origin[end - 1] + 1);
  }

  /// The place of the author's characters from `from` to before `to`.
  Span spanOfSource(int from, int to) {
    int lineStart = source.lastIndexOf('\n', from - 1) + 1;
    int line = Arrays.binarySearch(lineStarts, lineStart) + 1;
    return new Span(
        from, to, line, source.codePointCount(lineStart, from) + 1, source.substring(from, to));
  }

  /// @param start  of the plain text
  /// @param title  a heading, which names what follows and grants nothing
  /// @param denied  an item of a list under "we will not:"
  /// @param paragraph  counts lines
  record Sentence(int start, String text, boolean title, boolean denied, int paragraph) {
    boolean asks() {
      return text.endsWith("?");
    }
  }

  private static List<Sentence> cut(String plain) {
    List<Sentence> sentences = new ArrayList<>();
    boolean denying = false;
    int paragraph = 0;
    int lineStart = 0;
    while (lineStart < plain.length()) {
      int lineEnd = plain.indexOf('\n', lineStart);
      if (lineEnd < 0) lineEnd = plain.length();
      String line = plain.substring(lineStart, lineEnd);
      boolean item = LIST_MARK.matcher(line.strip()).find();
      if (!item) denying = false;
      boolean title = isTitle(line.strip(), lineEnd < plain.length());
      int start = 0;
      for (int i = 0; i < line.length(); i++) {
        if (ends(line, i)) {
          sentences.add(
              new Sentence(
                  lineStart + start, line.substring(start, i + 1), title, denying, paragraph));
          start = i + 1;
        }
      }
      if (start < line.length()) {
        sentences.add(
            new Sentence(lineStart + start, line.substring(start), title, denying, paragraph));
      }
      if (PROMISES_NOT.matcher(line.strip()).find()) denying = true;
      paragraph++;
      lineStart = lineEnd + 1;
    }
    return sentences;
  }

  private static boolean ends(String line, int i) {
    char c = line.charAt(i);
    if (c == '。' || c == '!' || c == '?' || c == ';') return true;
    return c == '.' && i > 0 && isHan(line.charAt(i - 1));
  }

  private static boolean isTitle(String line, boolean followed) {
    if (line.isEmpty() || line.length() > WRAPPED_LINE || !followed) return false;
    char last = line.charAt(line.length() - 1);
    if (last == '。' || last == ';' || last == '!' || last == '.') return false;
    return TITLE_MARK.matcher(line).find() && !SAYS_SOMETHING.matcher(line).find();
  }

  private static char plain(char c) {
    if (c >= '\uFF01' && c <= '\uFF5E') c = (char) (c - 0xFEE0);
    return switch (c) {
      case '\u3000', '\u00A0', '\t', '\r' -> ' ';
      case '﹑' -> '、';
      case '“', '”', '「', '」', '『', '』', '‘', '’' -> '"';
      case '《', '〈', '〔', '【' -> '<';
      case '》', '〉', '〕', '】' -> '>';
      default -> SIMPLIFIED.getOrDefault(c, c);
    };
  }

  private static boolean isHidden(char c) {
    return (c >= '\u200B' && c <= '\u200F')
        || (c >= '\u2060' && c <= '\u2064')
        || c == '\uFEFF'
        || c == '\u00AD';
  }

  private static boolean isSkipped(String source, int i) {
    char c = plain(source.charAt(i));
    return c == ' ' || isHidden(c);
  }

  /// A space parts words only between two characters neither of which is Chinese.
  private static boolean parts(String source, StringBuilder plain, int after) {
    if (plain.isEmpty() || after >= source.length()) return false;
    char before = plain.charAt(plain.length() - 1);
    char next = plain(source.charAt(after));
    return before != '\n' && next != '\n' && before != ' ' && !isHan(before) && !isHan(next);
  }

  private static boolean runsOn(String source, StringBuilder plain, int newline) {
    int lineStart = plain.lastIndexOf("\n") + 1;
    if (plain.length() - lineStart < WRAPPED_LINE) return false;
    char last = plain.charAt(plain.length() - 1);
    if (!isHan(last) && last != ',' && last != '、') {
      return false;
    }
    int next = newline + 1;
    while (next < source.length() && plain(source.charAt(next)) == ' ') next++;
    if (next >= source.length() || source.charAt(next) == '\n') return false;
    // An indented line starts a paragraph.
    if (next > newline + 1) return false;
    int lineEnd = source.indexOf('\n', next);
    String line = source.substring(next, lineEnd < 0 ? source.length() : lineEnd);
    StringBuilder marked = new StringBuilder();
    line.chars().limit(8).forEach(c -> marked.append(plain((char) c)));
    return !LIST_MARK.matcher(marked).find() && isHan(plain(source.charAt(next)));
  }

  private static boolean isHan(char c) {
    return c >= '\u4E00' && c <= '\u9FFF';
  }

  private static Map<Character, Character> simplified() {
    Map<Character, Character> map = new HashMap<>();
    try (InputStream in = Reading.class.getResourceAsStream("traditional.txt")) {
      if (in == null)
        throw new IllegalStateException("`traditional.txt` is missing from the law module");
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                for (int i = 0; i + 1 < line.length(); i += 2)
                  map.put(line.charAt(i), line.charAt(i + 1));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(map);
  }
}
