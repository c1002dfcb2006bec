package cn.mingmian.law.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A screen written down as text: its words, and the choices it offers.
///
/// ```
/// 请选择验证方式
/// ( ) 刷脸            an option, not chosen        [ ] 我同意…   a box, empty
/// (x) 刷卡            an option, chosen            [x] 我同意…   a box, ticked
/// [[立即开启]]         a button in the foreground
/// [使用密码]           a button
/// <暂不>              a faint one: a link, grey or small
/// ```
///
/// An option or box stands at the start of its line; buttons have a line, or several, of their
/// own. Immutable.
///
/// @param words  the text with every choice blanked out, offsets unchanged
record Screen(String words, List<Choice> choices) {
  enum Form {
    OPTION,
    BOX,
    STRONG_BUTTON,
    BUTTON,
    FAINT
  }

  /// @param start  offset of the label in the text
  record Choice(Form form, boolean selected, String label, int start) {
    int end() {
      return start + label.length();
    }
  }

  private static final Pattern OPTION =
      Pattern.compile(
          "^[ \\t\\u3000]*(?:(?<round>[(（])[ \\u3000]*(?<chosen>[xXｘ✓√●*]?)[ \\u3000]*[)）]"
              + "|[\\[［][ \\u3000]*(?<ticked>[xXｘ✓√]?)[ \\u3000]*[\\]］]"
              + "|(?<full>[☑☒◉●])|(?<empty>[☐○◯□]))[ \\t\\u3000]*(?<label>[^\\s\\[］\\]].*?)[ \\t\\r]*$");
  private static final Pattern BUTTON =
      Pattern.compile(
          "\\[\\[(?<strong>[^\\[\\]]{1,60})\\]\\]|[\\[［【](?<plain>[^\\[\\]［］【】]{2,60})[\\]］】]|[<〈＜](?<faint>[^<>〈〉＜＞]{1,60})[>〉＞]");

  static Screen of(String text) {
    StringBuilder words = new StringBuilder(text);
    List<Choice> choices = new ArrayList<>();
    int lineStart = 0;
    while (lineStart <= text.length()) {
      int lineEnd = text.indexOf('\n', lineStart);
      if (lineEnd < 0) lineEnd = text.length();
      String line = text.substring(lineStart, lineEnd);
      int before = choices.size();
      readLine(line, lineStart, choices);
      if (choices.size() > before) {
        for (int i = lineStart; i < lineEnd; i++) words.setCharAt(i, ' ');
      }
      lineStart = lineEnd + 1;
    }
    return new Screen(words.toString(), List.copyOf(choices));
  }

  private static void readLine(String line, int lineStart, List<Choice> choices) {
    Matcher option = OPTION.matcher(line);
    if (option.find()) {
      boolean round = option.group("round") != null;
      boolean box = !round && option.group("full") == null && option.group("empty") == null;
      String mark = round ? option.group("chosen") : box ? option.group("ticked") : "";
      boolean selected = box || round ? !mark.isEmpty() : option.group("full") != null;
      boolean square = box || line.strip().startsWith("☑") || line.strip().startsWith("☒");
      square |= line.strip().startsWith("☐") || line.strip().startsWith("□");
      choices.add(
          new Choice(
              square ? Form.BOX : Form.OPTION,
              selected,
              option.group("label"),
              lineStart + option.start("label")));
      return;
    }
    if (!BUTTON.matcher(line).replaceAll("").isBlank()) return;
    Matcher button = BUTTON.matcher(line);
    while (button.find()) {
      String group =
          button.group("strong") != null
              ? "strong"
              : button.group("plain") != null ? "plain" : "faint";
      Form form =
          switch (group) {
            case "strong" -> Form.STRONG_BUTTON;
            case "plain" -> Form.BUTTON;
            default -> Form.FAINT;
          };
      choices.add(new Choice(form, false, button.group(group), lineStart + button.start(group)));
    }
  }
}
