package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.BEFORE_THE_LENS;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import java.util.List;

/// Network Data Security Management Regulations.
final class Ndsr {
  static final Instrument INSTRUMENT =
      Instrument.named("NDSR", "网络数据安全管理条例", "Network Data Security Management Regulations")
          .cited("《网络数据安全管理条例》", "Network Data Regulations")
          .by(Authority.ADMINISTRATIVE_REGULATION, "国务院", "State Council")
          .from("2025-01-01")
          .liability(
              "由网信、公安等主管部门依据条例和个人信息保护法责令改正、警告、罚款。",
              "Correction, warning and fines by the competent departments under the Regulations and the PIPL.")
          .build();

  private Ndsr() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "21")
            .asked(BEFORE_THE_LENS)
            .when(
                "法律、行政法规没有规定不需要告知，且不属于可以事后告知的紧急情况",
                "no law or administrative regulation dispenses with notice, and no emergency lets it follow",
                Situation::isNoticeDueBefore)
            .needs(
                "告知写明了保存期限届满后的处理方式",
                "the notice tells what happens when the retention period is over",
                s -> s.tells(NoticeItem.AFTER_EXPIRY))
            .why(
                "告知没有写明保存期限届满后怎样处理。",
                "The notice does not tell what happens when the retention period is over.")
            .remedy(
                "在告知中写明到期删除，重新出示。",
                "Add to the notice that it is erased at the end, and show it again.")
            .build(),
        Rule.of(INSTRUMENT, "22")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "取得了本人（不满十四周岁的为监护人）有效的单独同意",
                "there is a valid separate consent of the person, or under fourteen of the guardian",
                Situation::isConsentGood)
            .why(
                "处理生物识别信息没有取得有效的单独同意。",
                "Biometric information is processed without a valid separate consent.")
            .remedy("单独征得同意，不得以误导、欺诈、胁迫取得。", "Ask separately, without misleading, fraud or force.")
            .evidence("/consent/noticeVersion")
            .build(),
        Rule.of(INSTRUMENT, "22.5")
            .item("第二十二条第五项", "art. 22 no. 5")
            .asked(of(Verb.PROMPT))
            .needs(
                "距本人上次拒绝已超过四十八小时",
                "more than forty-eight hours have passed since the person last refused",
                s -> s.isAskedAgainTooSoon().not())
            .why(
                "本人已经明确拒绝，四十八小时之内再次征求同意属于频繁打扰。",
                "The person has refused; asking again within forty-eight hours is frequent.")
            .remedy("停止提示，让本人使用其他方式；不要反复弹窗。", "Stop asking and let the person use the other way.")
            .build(),
        Rule.of(INSTRUMENT, "24")
            .asked(
                of(
                    Verb.ENROL,
                    Verb.VERIFY,
                    Verb.IDENTIFY,
                    Verb.ANALYSE,
                    Verb.KEEP_IMAGE,
                    Verb.RETAIN))
            .when(
                "不是依法留存的证据",
                "it is not kept as evidence or under a statutory minimum",
                s -> Truth.of(!s.isRetainExcused()))
            .needs(
                "这是服务对象本人，而不是路人等无关人员",
                "this is someone the service is for, not a bystander",
                s -> s.facts().person().bystander().not())
            .why(
                "这是无关人员的人脸，不得录入、比对、分析或者保存。",
                "This is a bystander's face: it may not be enrolled, matched, analysed or kept.")
            .remedy("立即删除或者匿名化。", "Delete it at once, or anonymise it.")
            .duty(
                DutyKind.DISCARD_BYSTANDERS,
                of(Verb.DEPLOY, Verb.IDENTIFY),
                "在公共场所启用设备，或者进行辨识",
                "when switching on in a public place, or identifying",
                s -> s.verb() == Verb.IDENTIFY || s.isPublic() != Truth.NO)
            .build());
  }
}
