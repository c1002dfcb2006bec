package cn.mingmian.law.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLinterTest {
  private static final PromptLinter LINTER = new PromptLinter();

  @ParameterizedTest
  @ValueSource(strings = {"", "-second", "-third"})
  void finds_every_kind_of_unlawful_screen_and_leaves_clean_ones_alone(String set) {
    Fixtures.Score score = Fixtures.score("prompts", set, LINTER::lint);
    assertThat(score.missed()).isEmpty();
    assertThat(score.cried()).isEmpty();
  }

  /// Written without a look at the patterns, and held to a share.
  @Test
  void finds_a_share_of_screens_that_were_never_worded_for_it() {
    Fixtures.Score score = Fixtures.score("prompts", "-fourth", LINTER::lint);
    assertThat(score.missed()).hasSizeLessThanOrEqualTo(6);
    assertThat(score.cried()).isEmpty();
  }

  @Test
  void names_the_choice_that_is_wrong() {
    String screen = "请选择\n( ) 刷卡\n(x) 刷脸\n[[确定刷脸]] <取消>\n";
    assertThat(LINTER.lint(screen))
        .extracting(Flaw::toString)
        .containsExactly(
            "3:5 PROPOSAL/9 FACE_PRESELECTED `刷脸`", "4:11 MEASURES-2025/12 UNEQUAL_BUTTONS `取消`");
  }

  @Test
  void reads_full_width_marks_as_the_plain_ones() {
    assertThat(LINTER.lint("请选择\n（Ｘ）刷脸\n（　）刷卡")).isEmpty();
    assertThat(LINTER.lint("请选择\n（x）刷脸\n（　）刷卡"))
        .extracting(Flaw::kind)
        .containsExactly(Kind.FACE_PRESELECTED);
    assertThat(LINTER.lint("刷脸进站\n【刷脸】\n〈不刷脸〉"))
        .extracting(Flaw::kind)
        .containsExactly(Kind.UNEQUAL_BUTTONS);
  }

  @Test
  void a_screen_that_offers_the_other_way_in_words_or_by_a_button_is_no_dead_end() {
    assertThat(LINTER.lint("请完成人脸核验\n[开始]"))
        .extracting(Flaw::kind)
        .containsExactly(Kind.NO_OTHER_CHOICE);
    assertThat(LINTER.lint("请完成人脸核验，也可以到前台登记\n[开始]")).isEmpty();
    assertThat(LINTER.lint("请完成人脸核验\n[开始] [不使用人脸]")).isEmpty();
  }

  @Test
  void tells_words_and_choices_in_the_order_of_their_places() {
    assertThat(LINTER.lint("[x] 我同意采集人脸\n刷脸限时开通\n[开通] [残忍拒绝]"))
        .extracting(Flaw::toString)
        .containsExactly(
            "1:5 MEASURES-2025/6.1 PRETICKED_CONSENT `我同意采集人脸`",
            "2:3 MEASURES-2025/12 URGENT `限时开通`",
            "3:7 MEASURES-2025/12 PRESSURE `残忍拒绝`");
  }

  @Test
  void a_button_that_leads_nowhere_near_a_face_asks_for_none() {
    assertThat(LINTER.lint("请刷脸\n[知道了]")).isEmpty();
    assertThat(LINTER.lint("请选择\n( ) 刷脸\n( ) 刷卡\n[[确定]] <取消>")).isEmpty();
  }

  @Test
  void reads_a_screen_into_words_and_choices() {
    Screen screen = Screen.of("请刷脸\n（x）刷脸\n○ 刷卡\n☐ 同意\n[[好]] [不好] <算了>\n见[说明]页");
    assertThat(screen.choices())
        .containsExactly(
            new Screen.Choice(Screen.Form.OPTION, true, "刷脸", 7),
            new Screen.Choice(Screen.Form.OPTION, false, "刷卡", 12),
            new Screen.Choice(Screen.Form.BOX, false, "同意", 17),
            new Screen.Choice(Screen.Form.STRONG_BUTTON, false, "好", 22),
            new Screen.Choice(Screen.Form.BUTTON, false, "不好", 27),
            new Screen.Choice(Screen.Form.FAINT, false, "算了", 32));
    assertThat(screen.words().lines().map(String::strip))
        .containsExactly("请刷脸", "", "", "", "", "见[说明]页");
    assertThat(Screen.of("☑ 同意\n● 刷脸\n[ ] 同意").choices())
        .extracting(Screen.Choice::form, Screen.Choice::selected)
        .containsExactly(
            tuple(Screen.Form.BOX, true),
            tuple(Screen.Form.OPTION, true),
            tuple(Screen.Form.BOX, false));
  }

  @Test
  void leaves_screens_without_faces_alone() {
    assertThat(LINTER.lint("限时特惠，仅剩1天！\n[[立即购买]] <残忍拒绝>")).isEmpty();
    assertThat(LINTER.lint("")).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"[刷脸]", "(x) 刷脸\n", "刷脸限时", "刷脸<暂不>\n"})
  void reads_a_hostile_screen_in_bounded_time_and_a_longer_one_not_at_all(String part) {
    String screen = part.repeat(PromptLinter.MOST_CHARACTERS / part.length());
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> LINTER.lint(screen));
    assertThatThrownBy(() -> LINTER.lint(screen + " ".repeat(part.length() + 1)))
        .isInstanceOf(TextTooLongException.class)
        .hasMessageContaining("at most 10000");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void every_kind_names_its_rules_says_why_and_offers_a_better_wording(Kind kind) {
    assertThat(kind.rules())
        .isNotEmpty()
        .allMatch(rule -> rule.matches("[A-Z]+(-[0-9]+)?/[0-9a-z.]+"));
    assertThat(kind.why().zh()).endsWith("。");
    assertThat(kind.why().en()).endsWith(".");
    assertThat(kind.better().zh()).endsWith("。");
    assertThat(kind.better().en()).endsWith(".");
    assertThat(kind.why().zh()).isNotEqualTo(kind.better().zh());
  }
}
