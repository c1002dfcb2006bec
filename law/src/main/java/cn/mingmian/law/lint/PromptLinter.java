package cn.mingmian.law.lint;

import static cn.mingmian.law.lint.Kind.BUNDLED;
import static cn.mingmian.law.lint.Kind.COERCED;
import static cn.mingmian.law.lint.Kind.DEARER_WITHOUT_FACE;
import static cn.mingmian.law.lint.Kind.FACE_PRESELECTED;
import static cn.mingmian.law.lint.Kind.IMPLIED_CONSENT;
import static cn.mingmian.law.lint.Kind.IRREVOCABLE;
import static cn.mingmian.law.lint.Kind.MISLEADING;
import static cn.mingmian.law.lint.Kind.NO_CONSENT_NO_SERVICE;
import static cn.mingmian.law.lint.Kind.NO_OTHER_CHOICE;
import static cn.mingmian.law.lint.Kind.PRESSURE;
import static cn.mingmian.law.lint.Kind.PRETICKED_CONSENT;
import static cn.mingmian.law.lint.Kind.RISK_TRANSFER;
import static cn.mingmian.law.lint.Kind.UNEQUAL_BUTTONS;
import static cn.mingmian.law.lint.Kind.UNLIMITED_TIME;
import static cn.mingmian.law.lint.Kind.URGENT;
import static cn.mingmian.law.lint.Kind.WORSE_WITHOUT_FACE;
import static cn.mingmian.law.lint.TermsLinter.FACE;

import cn.mingmian.law.lint.Screen.Choice;
import cn.mingmian.law.lint.Screen.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds, on screens in Chinese that ask for a face, what misleads, hurries or pushes people.
///
/// A screen is text with its choices marked, one to a line or buttons side by side:
///
/// ```
/// 请选择验证方式
/// ( ) 刷脸        an option           [ ] 我同意…   a box
/// (x) 刷卡        an option chosen    [x] 我同意…   a box ticked
/// [[立即开启]]     a button in the foreground
/// [使用密码]       a button
/// <暂不>          a faint choice: a link, grey or small
/// ```
///
/// Screens that do not speak of faces are left alone. An empty answer is no approval: how a screen
/// looks and when it appears is not in its words. Immutable and thread-safe.
public final class PromptLinter {
  static final int MOST_CHARACTERS = 10_000;

  private static final Pattern ABOUT_FACES = Pattern.compile(FACE);
  private static final Pattern REFUSES =
      Pattern.compile(
          "不同意|不允许|不授权|不接受|拒绝|暂不|暂时不|以后|稍后|下次|跳过|取消|返回|关闭|不用|不使用|不录入|不开通|不开启|不采集|不参加|不了|不需要|不要|放弃|不在乎|直接找");
  private static final Pattern OTHER_WAY =
      Pattern.compile(
          "刷卡|刷证|门禁卡|会员卡|校园卡|学生卡|房卡|IC卡|工牌|工卡|办卡|密码|口令|二维码|扫码|身份证|证件|短信|验证码|人工|柜台|柜面|前台|岗亭|保安|管家|工作人员|钥匙|指纹|检票|门票|预约|其[他它]方式|呼叫");
  private static final Pattern AGREES =
      Pattern.compile("同意|接受|允许|授权|开启|开通|开始|录入|采集|拍摄|上传|使用|立即|确认|确定|继续|下一步|参加|登录|核验|提交|完成|认证");
  private static final Pattern CONSENT = Pattern.compile("同意|授权|知情|接受");
  private static final Pattern NOT_FACE =
      Pattern.compile("(?:不|暂不|拒绝|取消|关闭|停用|撤回)[^。]{0,4}" + FACE);
  private static final Pattern ASKS_FOR_FACE =
      Pattern.compile("(?:采集|录入|拍摄|上传|识别|核验|认证|开通|开启|使用|同意|完成|进行|刷脸|正对|看向)");
  private static final Pattern NOTHING_IS_ASKED =
      Pattern.compile("不做人脸|不采集人脸|不识别人脸|不进行人脸|没有人脸|已撤回|撤回人脸|已删除|暂停|检修|不使用人脸");

  private static final String OTHER = "(?:不刷脸|非刷脸|刷卡|门禁卡|密码|人工|柜台|柜面|前台|扫码|其[他它]方式|IC卡|未录入人脸)";
  private static final String SAME =
      "(?:都|均|同样|一样|一律|各种方式)[^。;]{0,8}(?:免费|优惠|享|价)|(?:价格|费用|收费|时间|优惠|待遇)(?:都|均)?(?:相同|一样|相近|不变)|同价|不(?:会)?(?:加收|收费|收取|另收)|不会因";

  private static final List<Trap> WORDS =
      List.of(
          Trap.of(
                  MISLEADING,
                  "(?:国家|法律|法规|公安(?:机关)?|政府|上级|监管|有关部门|主管部门|央行|教育局|街道|社区)[^。;,]{0,12}(?:要求|规定|强制|政策|通知|指示)[^。;]{0,20}(?:"
                      + FACE
                      + "|录入|采集)")
              .unless(
                  "(?:可以|有权)(?:随时)?(?:拒绝|选择|撤回|不)|自愿|不(?:得|强制|要求)|(?:没有|没|未)(?:规定|要求|强制)|单独同意|身份证件"),
          Trap.of(
              MISLEADING,
              "(?:绝对|百分之?百|100%|完全)(?:地)?(?:安全|可靠|保密|准确)|零风险|万无一失|(?:绝不|永不|绝对不会)(?:会)?(?:泄露|泄漏|外泄)"),
          Trap.of(
              MISLEADING, "(?:眨眨?眼|拍照|自拍|刷脸|人脸)[^。;]{0,12}(?:领|抽|测)[^。;]{0,6}(?:红包|奖|好礼|福利|颜值)"),
          Trap.of(
              PRESSURE,
              "残忍拒绝|狠心|忍痛|(?:我)?不(?:在乎|关心|想要|需要|要)[^。;,]{0,4}(?:安全|优惠|便利|保护)|放弃[^。;,]{0,2}(?:安全|保护|便利|优惠)|宁[愿可](?:排队|麻烦)|(?:我)?不怕(?:风险|被盗)|承担[^。;,]{0,4}风险"),
          Trap.of(
              PRESSURE,
              "(?:所有|全部|全体|全楼|全班|[0-9九八]{1,3}(?:%|成)的?|绝大多数)[^。;]{0,8}(?:住户|邻居|业主|同事|同学|用户|家长)[^。;]{0,6}(?:都|均)?已[^。;]{0,2}(?:录入|开通|开启|使用)|已有?[^。;,]{0,6}(?:成|%|多数)[^。;,]{0,10}(?:录入|开通|开启|使用)|就差您"),
          Trap.of(URGENT, "最后[0-9一二三]{1,3}(?:天|小时|次)|倒计时[0-9一二三]").unless("均可|任选|自愿"),
          Trap.of(
                  URGENT,
                  "(?:限时|倒计时|尽快|尽早|抓紧|最后[0-9一二三]{0,3}(?:天|小时|次|机会)|仅剩|今[日天晚](?:内|前|[^。;,]{0,4}点前)|逾期)[^。;]{0,24}(?:"
                      + FACE
                      + "|录入|开通|开启|采集|冻结|停用)")
              .unless("均可|任选|自愿"),
          Trap.of(
                  URGENT,
                  "(?:" + FACE + "|录入|采集)[^。;]{0,20}(?:限时|倒计时|仅剩|逾期|否则[^。;]{0,10}(?:停用|冻结|关闭|失效))")
              .unless("均可|任选|自愿"),
          Trap.of(
                  URGENT,
                  "(?:"
                      + OTHER
                      + "|"
                      + FACE
                      + ")[^。;]{0,12}(?:即将|将于|明天起|今晚|明日|本周|下周|本月|月底)[^。;]{0,8}(?:停用|取消|失效|关闭|停止|下线)|错过不再|"
                      + OTHER
                      + "(?:停用|取消|关闭)还[有剩]")
              .unless("维护|检修|施工|升级"),
          Trap.of(FACE_PRESELECTED, FACE + "[^。;,]{0,4}(?:设为|设置为|作为|选为)[^。;,]{0,6}(?:首选|默认|优先)"),
          Trap.of(FACE_PRESELECTED, "默认(?:为您)?(?:选择|开启|使用|采用|勾选|选中)[^。;,]{0,4}" + FACE)
              .unless("不(?:会|再)?默认"),
          Trap.of(
                  DEARER_WITHOUT_FACE,
                  FACE
                      + "[^。;]{0,16}(?:立减|优惠|[0-9一二三四五六七八九.]+折|免(?:费|押|单|收|手续费)|便宜|返现|红包|积分|赠|送(?:[0-9一二三四五六十]|您|[^。;,]{0,4}(?:券|卡)|好礼|积分|红包|礼)|省[0-9钱]|减[0-9])")
              .unless(SAME),
          Trap.of(
                  DEARER_WITHOUT_FACE,
                  OTHER + "[^。;]{0,20}(?:加收|收取|另收|缴纳|手续费|工本费|押金|服务费|[0-9]+元|不享|原价|收费)")
              .unless(SAME + "|免收|无需|无须|不用"),
          Trap.of(
                  WORSE_WITHOUT_FACE,
                  OTHER
                      + "[^。;]{0,20}(?:(?:排队|等候|等待)[^。;]{0,6}(?:[0-9]{2,}|[二三四五]十|较长|小时|很久)|(?:须|需)?(?:经)?[^。;,]{0,6}(?:审批|批准)|提前[0-9一二三两]+(?:天|日|小时)|个工作日|仅限工作日|仅工作日)")
              .unless("(?:刷卡|人工|门禁卡|密码)[^。;,]{0,6}(?:无需|无须|不用)"));

  // Terms that end up on screens, told in the same words as in terms.
  private static final Set<Kind> TERMS_TOO =
      EnumSet.of(
          NO_CONSENT_NO_SERVICE,
          IMPLIED_CONSENT,
          COERCED,
          BUNDLED,
          RISK_TRANSFER,
          IRREVOCABLE,
          UNLIMITED_TIME);
  private static final List<Trap> TERMS =
      TermsLinter.TRAPS.stream().filter(trap -> TERMS_TOO.contains(trap.kind())).toList();

  /// The flaws of one screen, in the order of their places.
  ///
  /// @throws TextTooLongException above 10,000 characters
  public List<Flaw> lint(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new TextTooLongException(text.length(), MOST_CHARACTERS);
    }
    Reading whole = Reading.of(text);
    if (!ABOUT_FACES.matcher(whole.plain()).find()) return List.of();
    Screen screen = Screen.of(text);
    Reading words = Reading.of(screen.words());
    List<Flaw> flaws = new ArrayList<>(TermsLinter.lint(words, WORDS, true));
    flaws.addAll(TermsLinter.lint(words, TERMS, false));
    for (Choice choice : screen.choices()) {
      Reading label = Reading.of(choice.label());
      Stream.concat(
              TermsLinter.lint(label, WORDS, true).stream(),
              TermsLinter.lint(label, TERMS, false).stream())
          .map(flaw -> new Flaw(flaw.kind(), within(whole, choice, flaw.span())))
          .forEach(flaws::add);
    }
    checkChoices(whole, words.plain(), screen.choices(), flaws);
    flaws.sort(
        Comparator.comparingInt((Flaw flaw) -> flaw.span().start()).thenComparing(Flaw::kind));
    return List.copyOf(flaws);
  }

  private static void checkChoices(
      Reading text, String words, List<Choice> choices, List<Flaw> flaws) {
    List<Choice> away = choices.stream().filter(PromptLinter::leadsAway).toList();
    // "go on" leads to the face, unless the ways are options above it.
    boolean optionsDecide = away.stream().anyMatch(c -> c.form() == Form.OPTION);
    List<Choice> towards = choices.stream().filter(c -> leadsToFace(c, optionsDecide)).toList();
    int brightest = towards.stream().mapToInt(PromptLinter::visibility).max().orElse(0);
    for (Choice choice : choices) {
      if (!choice.selected()) continue;
      String label = plain(choice);
      if (choice.form() == Form.BOX && CONSENT.matcher(label).find()) {
        flaws.add(new Flaw(PRETICKED_CONSENT, place(text, choice)));
      } else if (isFace(label)) {
        flaws.add(new Flaw(FACE_PRESELECTED, place(text, choice)));
      }
    }
    for (Choice weak : away) {
      if (isButton(weak) && brightest > visibility(weak))
        flaws.add(new Flaw(UNEQUAL_BUTTONS, place(text, weak)));
    }
    boolean asked =
        ABOUT_FACES.matcher(words).find()
            ? ASKS_FOR_FACE.matcher(words).find() && !NOTHING_IS_ASKED.matcher(words).find()
            : towards.stream().anyMatch(c -> isFace(plain(c)));
    if (asked && away.isEmpty() && !towards.isEmpty() && !OTHER_WAY.matcher(words).find()) {
      flaws.add(new Flaw(NO_OTHER_CHOICE, place(text, towards.getFirst())));
    }
  }

  private static boolean leadsToFace(Choice choice, boolean optionsDecide) {
    String label = plain(choice);
    if (leadsAway(choice)) return false;
    if (isFace(label)) return true;
    return !optionsDecide && AGREES.matcher(label).find();
  }

  private static boolean leadsAway(Choice choice) {
    String label = plain(choice);
    if (NOT_FACE.matcher(label).find()) return true;
    if (isFace(label)) return false;
    return REFUSES.matcher(label).find() || OTHER_WAY.matcher(label).find();
  }

  private static boolean isFace(String label) {
    return ABOUT_FACES.matcher(label).find() && !NOT_FACE.matcher(label).find();
  }

  private static boolean isButton(Choice choice) {
    return choice.form() != Form.OPTION && choice.form() != Form.BOX;
  }

  private static int visibility(Choice choice) {
    return switch (choice.form()) {
      case STRONG_BUTTON -> 3;
      case BUTTON -> 2;
      case FAINT -> 1;
      // Options and boxes are compared by what is chosen, not by how they look.
      case OPTION, BOX -> 0;
    };
  }

  private static String plain(Choice choice) {
    return Reading.of(choice.label()).plain();
  }

  private static Span place(Reading text, Choice choice) {
    return text.spanOfSource(choice.start(), choice.end());
  }

  private static Span within(Reading text, Choice choice, Span span) {
    return text.spanOfSource(choice.start() + span.start(), choice.start() + span.end());
  }
}
