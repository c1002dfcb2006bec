package cn.mingmian.law.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A way of wording a flaw: the words, and the words beside them that show that they are harmless.
/// Immutable.
///
/// @param kind  what it is a case of
/// @param words  matched within one sentence of plain text
/// @param excuse  found anywhere in the same sentence, it makes the words harmless
/// @param follows  found in the same sentence behind the words or in the next one, it does too
record Trap(Kind kind, Pattern words, Optional<Pattern> excuse, Optional<Pattern> follows) {

  /// Words that turn what follows them, within a clause, into its opposite.
  private static final Pattern NEGATION =
      Pattern.compile(
          "不会|不得|不应|不再|不予|不以|不将|不用于|不做|不作|不进行|不对|不把|不向|不与|不因|不在|不设|不约定|不包含|不含|不包括|不涉及|不要求|不索取|不授予|不允许"
              + "|不推断|不分析|不统计|不采集|不上传|不强制|不存在|不属于|不是|并不|并非|绝不|决不|从不|从未|严禁|禁止|杜绝|避免|防止|没有|无权|切勿|请勿|勿|拒绝任何|反对"
              + "|任何人不得|不能代替|不代表|不等于|不意味|不必|不须|不可能");

  // Where a clause starts over and an earlier negation no longer reaches.
  private static final Pattern CLAUSE = Pattern.compile("[,:()]|但|而是|却|仍|依然|无需|无须|不需");

  // A term that is quoted in order to be declared void is not agreed.
  private static final Pattern DECLARED_VOID =
      Pattern.compile("无效|不产生效力|不具有?法律效力|均属违法|系违法|不被(?:法律)?允许|不予支持|不受支持");

  static Trap of(Kind kind, String words) {
    return new Trap(kind, Pattern.compile(words), Optional.empty(), Optional.empty());
  }

  Trap unless(String harmless) {
    return new Trap(kind, words, Optional.of(Pattern.compile(harmless)), follows);
  }

  Trap unlessFollowedBy(String harmless) {
    return new Trap(kind, words, excuse, Optional.of(Pattern.compile(harmless)));
  }

  // How far a negation, or the words that follow, are looked for: longer than any clause.
  private static final int CLAUSE_REACH = 80;

  /// Where the words stand in the sentence and mean what they say, as offsets into it.
  List<int[]> in(String sentence, String next) {
    Matcher found = words.matcher(sentence);
    List<int[]> places = new ArrayList<>();
    int from = 0;
    while (from <= sentence.length() && found.find(from)) {
      if (places.isEmpty() && from == 0 && isExcused(sentence)) return List.of();
      if (isNegated(sentence, found.start()) || isFollowed(sentence, next, found.start())) {
        // The same words may hide a second, harmful reading further on.
        from = found.start() + 1;
      } else {
        places.add(new int[] {found.start(), found.end()});
        from = found.end();
      }
    }
    return places;
  }

  private boolean isExcused(String sentence) {
    return DECLARED_VOID.matcher(sentence).find()
        || (excuse.isPresent() && excuse.get().matcher(sentence).find());
  }

  private boolean isFollowed(String sentence, String next, int start) {
    if (follows.isEmpty()) return false;
    String rest = sentence.substring(start, Math.min(sentence.length(), start + 2 * CLAUSE_REACH));
    return follows.get().matcher(rest + next).find();
  }

  private static boolean isNegated(String sentence, int start) {
    if (start > 0 && sentence.charAt(start - 1) == '不') return true;
    String before = sentence.substring(Math.max(0, start - CLAUSE_REACH), start);
    int clause = 0;
    Matcher boundary = CLAUSE.matcher(before);
    while (boundary.find()) clause = boundary.end();
    return NEGATION.matcher(before.substring(clause)).find();
  }
}
