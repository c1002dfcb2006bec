package cn.mingmian.law.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.mingmian.law.lint.Reading.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private static final String EIGHTEEN = "您的人脸信息由本物业公司存在设备之内";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          人臉識別|人脸识别
          ＡＢＣ！？～，：；（）|ABC!?~,:;()
          「人脸」『人脸』“人脸”‘人脸’|"人脸""人脸""人脸""人脸"
          《协议》〈协议〉【协议】|<协议><协议><协议>
          人 脸　识\t别|人脸识别
          abc def|abc def
          abc   def|abc def
          abc 脸|abc脸
          脸 abc|脸abc
           abc |abc
          一 鿿 x|一鿿x
          """)
  void makes_the_text_plain(String text, String plain) {
    assertThat(Reading.of(text).plain()).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u200B', '\u200F', '\u2060', '\u2064', '\uFEFF', '\u00AD'})
  void drops_characters_that_nobody_sees(char hidden) {
    assertThat(Reading.of("永" + hidden + "久").plain()).isEqualTo("永久");
    assertThat(Reading.of("a " + hidden + " 久").plain()).isEqualTo("a久");
    assertThat(Reading.of("a " + hidden + " b").plain()).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u200A', '\u2010', '\u205F', '\u2065', '\uFF5F', '\uFF00'})
  void keeps_their_neighbours(char seen) {
    assertThat(Reading.of("永" + seen + "久").plain()).isEqualTo("永" + seen + "久");
  }

  @Test
  void joins_a_wrapped_line_and_no_other() {
    assertThat(EIGHTEEN).hasSize(18);
    assertThat(Reading.of(EIGHTEEN + "\n永久").plain()).isEqualTo(EIGHTEEN + "永久");
    assertThat(Reading.of(EIGHTEEN + "，\n永久").plain()).isEqualTo(EIGHTEEN + ",永久");
    assertThat(Reading.of(EIGHTEEN + "、\r\n永久").plain()).isEqualTo(EIGHTEEN + "、永久");
    assertThat(Reading.of("上一行。\n" + EIGHTEEN + "\n永久").plain())
        .isEqualTo("上一行。\n" + EIGHTEEN + "永久");
    assertThat(Reading.of("a \r\nb \n c ").plain()).isEqualTo("a\nb\nc");
    String[] apart = {
      EIGHTEEN.substring(1) + "\n永久", // too short to have been wrapped
      EIGHTEEN + "。\n永久",
      EIGHTEEN + "\n",
      EIGHTEEN + "\n\n永久",
      EIGHTEEN + "\n  永久",
      EIGHTEEN + "\n- 永久",
      EIGHTEEN + "\n（一）永久",
      EIGHTEEN + "\nabc",
      "短。\n" + EIGHTEEN.substring(1) + "\n永久",
    };
    for (String text : apart) {
      assertThat(Reading.of(text).plain().chars().filter(c -> c == '\n').count())
          .as(text)
          .isEqualTo(text.chars().filter(c -> c == '\n').count());
    }
  }

  @Test
  void cuts_sentences_where_they_end() {
    assertThat(Reading.of("甲。乙！丙？丁；戊.己v1.0版\n.庚").sentences())
        .extracting(Sentence::start, Sentence::text, Sentence::paragraph)
        .containsExactly(
            tuple(0, "甲。", 0),
            tuple(2, "乙!", 0),
            tuple(4, "丙?", 0),
            tuple(6, "丁;", 0),
            tuple(8, "戊.", 0),
            tuple(10, "己v1.0版", 0),
            tuple(17, ".庚", 1));
    assertThat(Reading.of("甲？").sentences().getFirst().asks()).isTrue();
    assertThat(Reading.of("").sentences()).isEmpty();
  }

  @Test
  void a_title_is_short_marked_followed_and_says_nothing() {
    assertThat(isTitle("三、人脸授权的期限\n从略")).isTrue();
    assertThat(isTitle("第三条 人脸授权\n从略")).isTrue();
    assertThat(isTitle("三、" + "期".repeat(16) + "\n\n从略")).isTrue();
    assertThat(isTitle("三、" + "期".repeat(17) + "\n\n从略")).isFalse();
    assertThat(isTitle("三、人脸授权的期限")).isFalse();
    assertThat(isTitle("人脸授权的期限\n从略")).isFalse();
    assertThat(isTitle("三、人脸授权的期限。\n从略")).isFalse();
    assertThat(isTitle("三、人脸授权的期限；\n从略")).isFalse();
    assertThat(isTitle("三、人脸授权的期限！\n从略")).isFalse();
    assertThat(isTitle("三、人脸授权的期限.\n从略")).isFalse();
    assertThat(isTitle("三、您的人脸授权\n从略")).isFalse();
  }

  @Test
  void the_items_under_a_denial_are_denied_until_the_list_ends() {
    assertThat(Reading.of("我们不会：\n- 甲\n（二）乙\n丙\n- 丁").sentences())
        .extracting(Sentence::text, Sentence::denied)
        .containsExactly(
            tuple("我们不会:", false),
            tuple("-甲", true),
            tuple("(二)乙", true),
            tuple("丙", false),
            tuple("-丁", false));
  }

  @Test
  void finds_the_way_back_to_the_authors_characters() {
    Reading reading = Reading.of("　\uD83D\uDE00人\u200B 臉\n第二行");
    assertThat(reading.plain()).isEqualTo("\uD83D\uDE00人脸\n第二行");
    assertThat(reading.span(2, 4)).isEqualTo(new Span(3, 7, 1, 3, "人\u200B 臉"));
    assertThat(reading.span(5, 6)).isEqualTo(new Span(8, 9, 2, 1, "第"));
    assertThat(reading.span(7, 8)).isEqualTo(new Span(10, 11, 2, 3, "行"));
    assertThat(reading.spanOfSource(0, 1)).isEqualTo(new Span(0, 1, 1, 1, "　"));
    assertThat(reading.opening()).isEqualTo("\uD83D\uDE00人脸");
    assertThat(Reading.of("\n甲").opening()).isEmpty();
    assertThat(Reading.of("甲").opening()).isEqualTo("甲");
  }

  @Test
  void reads_a_text_of_the_greatest_length() {
    assertThat(Reading.of("a".repeat(Reading.MOST_CHARACTERS)).plain())
        .hasSize(Reading.MOST_CHARACTERS);
  }

  private static boolean isTitle(String text) {
    return Reading.of(text).sentences().getFirst().title();
  }
}
