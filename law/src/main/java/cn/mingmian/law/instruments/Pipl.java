package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.ALL_BUT_ERASE;
import static cn.mingmian.law.rules.Verbs.ALL_BUT_PROMPT_AND_ERASE;
import static cn.mingmian.law.rules.Verbs.BEFORE_THE_LENS;
import static cn.mingmian.law.rules.Verbs.BY_DEVICE_OR_PROMPT;
import static cn.mingmian.law.rules.Verbs.ON_A_FACE;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.STORING;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Destination;
import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DueBy;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.DutyRule.With;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import cn.mingmian.law.rules.Text;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Personal Information Protection Law.
final class Pipl {
  static final Instrument INSTRUMENT =
      Instrument.named("PIPL", "中华人民共和国个人信息保护法", "Personal Information Protection Law")
          .cited("《个人信息保护法》", "PIPL")
          .by(
              Authority.LAW,
              "全国人民代表大会常务委员会",
              "Standing Committee of the National People's Congress")
          .from("2021-11-01")
          .liability(
              "第六十六条：责令改正、警告、没收违法所得，拒不改正的处一百万元以下罚款，责任人一万元以上十万元以下；情节严重的处五千万元以下或者上一年度营业额百分之五以下罚款。第六十九条：造成损害的，不能证明自己没有过错即应赔偿。",
              "Art. 66: correction, warning, confiscation; on refusal up to CNY 1 million, and CNY 10,000 to 100,000 for those responsible; in serious cases up to CNY 50 million or 5% of the last year's turnover. Art. 69: damages, unless the processor proves it was not at fault.")
          .note(
              "自然人因个人或者家庭事务处理个人信息的，不适用（第七十二条）。",
              "Not for what a natural person does for personal or household affairs (art. 72).")
          .build();

  private Pipl() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "13")
            .asked(ON_A_GROUND)
            .needs(
                "有一项法定的处理依据，当时就有证据，没有失效，并且适用于这一场所和目的",
                "there is a legal ground, evidenced at the time, still running, and fit for this place and purpose",
                Situation::groundStands)
            .why(
                "提出的处理依据没有证据、已经失效，或者不适用于这一场所和目的。",
                "The ground that is claimed is without evidence, has ended, or does not fit this place and purpose.")
            .remedy(
                "确定并固定一项依据的证据；没有其他依据的，取得本人的单独同意。",
                "Establish a ground and its evidence; where there is no other, obtain the person's separate consent.")
            .asked(ON_A_GROUND)
            .when("以同意为处理依据", "consent is the ground", s -> Truth.of(s.isOnConsent().isYes()))
            .needs("取得了本人有效的同意", "the person has validly consented", Situation::isConsentGood)
            .why("以同意为依据，而没有有效的同意。", "Consent is the ground, and there is no valid one.")
            .remedy("取得有效的同意，或者停止处理。", "Obtain a valid consent, or stop.")
            .evidence("/basis/kind", "/basis/citation")
            .build(),
        Rule.of(INSTRUMENT, "14.2")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且同意有效",
                "consent is the ground, and it is a valid one",
                s -> s.isOnConsent().and(Truth.of(s.isConsentGood().isYes())))
            .needs(
                "目的就是本人同意的目的",
                "the purpose is the one the person agreed to",
                Situation::isConsentForPurpose)
            .why("处理目的已经变更，没有重新取得同意。", "The purpose has changed, and no new consent was asked for.")
            .remedy(
                "就新的目的重新征得单独同意；在此之前不得使用。",
                "Ask for a separate consent to the new purpose, and do not use the face for it before.")
            .build(),
        Rule.of(INSTRUMENT, "16")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且服务以同意为条件",
                "consent is the ground, and the service was tied to it",
                s -> s.isConditional().isYes() ? s.isOnConsent() : Truth.NO)
            .needs(
                "人脸是提供该产品或者服务所必需的",
                "the face is necessary for the product or service",
                s -> s.isConditional().not())
            .why(
                "以不同意刷脸为由拒绝提供产品或者服务。",
                "The product or service is refused to those who do not consent to the face.")
            .remedy("不同意、撤回同意的人照常得到服务。", "Serve those who refuse or withdraw all the same.")
            .build(),
        Rule.of(INSTRUMENT, "17")
            .asked(BY_DEVICE_OR_PROMPT)
            .needs(
                "处理规则已经公开",
                "the processing rules are public",
                s -> s.facts().processor().publishedRules())
            .why("处理规则没有公开。", "The processing rules are not public.")
            .remedy(
                "公开处理规则，便于查阅和保存。", "Publish the rules so that they are easy to read and to save.")
            .asked(BEFORE_THE_LENS)
            .when(
                "法律、行政法规没有规定不需要告知，且不属于可以事后告知的紧急情况",
                "no law or administrative regulation dispenses with notice, and no emergency lets it follow",
                Situation::isNoticeDueBefore)
            .needs(
                "处理之前已出示告知，写明名称和联系方式、目的方式和保存期限、行使权利的方式",
                "the notice was shown beforehand, with name and contact, purpose, method and retention, and the rights",
                s ->
                    s.isNoticeShown()
                        .and(s.tells(NoticeItem.PROCESSOR_CONTACT))
                        .and(s.tells(NoticeItem.PURPOSE_METHOD_RETENTION))
                        .and(s.tells(NoticeItem.RIGHTS)))
            .why(
                "处理之前没有出示告知，或者告知缺少应当告知的事项。",
                "The notice was not shown beforehand, or leaves out what must be told.")
            .remedy("补全告知，先出示，再处理。", "Complete the notice, show it, and only then begin.")
            .asked(BEFORE_THE_LENS)
            .when(
                "已经出示过告知，且告知未被法律、行政法规免除",
                "a notice was shown, and none is dispensed with",
                s -> s.isNoticeDueBefore().and(s.isAnyNoticeShown()))
            .needs(
                "出示的告知就是现行版本", "the version shown is the one in force", Situation::isNoticeCurrent)
            .why("告知事项变更后，没有将变更部分告知本人。", "The person was not told what changed in the notice.")
            .remedy("将变更部分告知本人。", "Tell the person what changed.")
            .evidence("/notice/exemption/level", "/notice/exemption/citation")
            .build(),
        Rule.of(INSTRUMENT, "18")
            .duty(
                DutyKind.NOTIFY_LATER,
                ON_A_GROUND,
                With.PERMIT,
                new Text(
                    "紧急情况下尚未完整告知", "in an emergency, while the notice has not been shown in full"),
                s -> s.isEmergency() && !s.isNoticeDispensed() && !s.isNoticeComplete().isYes(),
                Pipl::endOfGround)
            .evidence("/basis/citation")
            .build(),
        Rule.of(INSTRUMENT, "19")
            .asked(STORING)
            .needs(
                "已设定到期时间，且为实现目的所必需的最短时间",
                "an end is set, and it is the shortest time that serves the purpose",
                s -> s.isEndSet().and(s.facts().retention().shortestNecessary()))
            .why(
                "没有到期时间，或者期限超过实现目的所必需的最短时间。",
                "No end is set, or it is later than the purpose needs.")
            .remedy("设定并缩短到期时间。", "Set an end, and shorten it.")
            .asked(ON_A_FACE)
            .when(
                "不是依法留存的证据，也没有未届满的法定最低保存期限",
                "it is not kept as evidence or under a statutory minimum that still runs",
                s -> Truth.of(!s.isRetainExcused()))
            .needs("保存期限还没有届满", "its time is not over", s -> s.isExpired().not())
            .why("保存期限已经届满。", "Its time is over.")
            .remedy("立即删除。", "Erase it now.")
            .duty(
                DutyKind.ERASE_AT_EXPIRY,
                STORING,
                With.PERMIT,
                null,
                s -> true,
                Pipl::endOfRetention)
            .build(),
        Rule.of(INSTRUMENT, "23")
            .asked(of(Verb.PROVIDE))
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "本人就向这一接收方提供作出了单独同意",
                "the person has separately consented to providing it to this recipient",
                Situation::isRecipientAgreed)
            .why(
                "向其他处理者提供人脸信息，没有取得写明接收方的单独同意。",
                "Face information would go to another processor without a separate consent that names it.")
            .remedy(
                "告知接收方的名称、联系方式、目的、方式和种类，并取得单独同意。",
                "Tell the recipient's name and contact, purpose, method and kinds, and obtain a separate consent.")
            .evidence("/operation/recipient")
            .build(),
        Rule.of(INSTRUMENT, "24").duty(DutyKind.HUMAN_REVIEW, of(Verb.RELY)).build(),
        Rule.of(INSTRUMENT, "25")
            .asked(of(Verb.PUBLISH))
            .needs(
                "本人单独同意公开",
                "the person has separately consented to publication",
                Situation::isConsentCovering)
            .why(
                "未经本人单独同意，不得公开其人脸信息，无论依据什么。",
                "A face may not be published without the person's separate consent, on whatever ground.")
            .remedy("不要公开；已经公开的立即撤下。", "Do not publish; take down what is public.")
            .build(),
        Rule.of(INSTRUMENT, "26")
            .asked(of(Verb.DEPLOY))
            .when("在公共场所", "in a public place", Situation::isPublic)
            .needs(
                "为维护公共安全所必需，并设置显著的提示标识",
                "it is needed for public safety, and a conspicuous sign is in place",
                s -> s.facts().site().publicSafetyNecessity().and(s.facts().site().sign()))
            .why(
                "在公共场所安装图像采集、个人身份识别设备，而不是维护公共安全所必需，或者没有显著标识。",
                "A camera or identification device in a public place that public safety does not need, or without a conspicuous sign.")
            .remedy(
                "记录公共安全的必要性并设置标识；没有必要性的不得安装，同意也不能代替。",
                "Record the public-safety need and put up the sign; without the need nothing is installed, and consent is no substitute.")
            .asked(ON_A_FACE)
            .when(
                "信息为公共安全收集，或者取自公共场所",
                "it was collected for public safety, or comes from a public place",
                s ->
                    Truth.of(s.facts().purpose().collectedFor() == PurposeKind.PUBLIC_SAFETY)
                        .or(s.isPublic()))
            .needs(
                "只用于维护公共安全，或者本人对这一用途作出了有效的单独同意",
                "it is used for public safety alone, or the person has validly consented to this use",
                s -> s.isForPublicSafety().or(s.isConsentCovering()))
            .why(
                "公共场所收集的人脸只能用于维护公共安全。",
                "Faces taken in public places may be used for public safety only.")
            .remedy(
                "停止其他用途；确需使用的，取得本人的单独同意。",
                "Stop the other use, or obtain the person's separate consent to it.")
            .build(),
        Rule.of(INSTRUMENT, "28")
            .asked(ALL_BUT_ERASE)
            .needs(
                "有特定的目的和充分的必要性",
                "there is a specific purpose and a sufficient necessity",
                s -> s.facts().purpose().specific().and(s.facts().purpose().necessary()))
            .why(
                "人脸是敏感个人信息，没有特定目的或者充分必要性不得处理。",
                "A face is sensitive information and may not be processed without a specific purpose and sufficient necessity.")
            .remedy(
                "记录并批准目的和必要性，否则改用不需要人脸的方式。",
                "Record and approve purpose and necessity, or do without the face.")
            .build(),
        Rule.of(INSTRUMENT, "29")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "取得了有效的单独同意；依法应当书面的，是书面同意",
                "there is a valid separate consent, in writing where that is demanded",
                s -> s.isConsentGood().and(s.writtenWhereDemanded()))
            .why(
                "处理敏感个人信息没有取得有效的单独同意（或者法律要求的书面同意）。",
                "Sensitive information is processed without a valid separate consent, or without the written one that is demanded.")
            .remedy(
                "单独征得同意；在取得之前使用不用人脸的方式。",
                "Ask for a separate consent; until then use the way without the face.")
            .evidence("/consent/noticeVersion")
            .build(),
        Rule.of(INSTRUMENT, "30")
            .asked(BEFORE_THE_LENS)
            .when(
                "法律、行政法规没有规定不需要告知，且不属于可以事后告知的紧急情况",
                "no law or administrative regulation dispenses with notice, and no emergency lets it follow",
                Situation::isNoticeDueBefore)
            .needs(
                "告知写明了处理的必要性和对个人权益的影响",
                "the notice tells why it is necessary and what it does to the person's rights",
                s -> s.tells(NoticeItem.NECESSITY_AND_IMPACT))
            .why(
                "告知没有说明处理人脸的必要性和对个人权益的影响。",
                "The notice does not say why the face is necessary and what that means for the person.")
            .remedy("在告知中补充并重新出示。", "Add it to the notice and show it again.")
            .build(),
        Rule.of(INSTRUMENT, "31")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且当事人不满十四周岁",
                "consent is the ground, and the person is under fourteen",
                s -> s.isOnConsent().and(Truth.of(s.isUnder14().isYes())))
            .needs(
                "父母或者其他监护人已经同意，且监护关系经过核实",
                "a parent or other guardian has consented, and the guardian is verified",
                Situation::isByTheRightHand)
            .why(
                "孩子不满十四周岁，没有经核实的监护人同意。",
                "The child is under fourteen, and no verified guardian has consented.")
            .remedy("取得监护人的同意。", "Obtain the guardian's consent.")
            .asked(ON_A_FACE)
            .when(
                "当事人不满十四周岁，或者年龄不明",
                "the person is under fourteen or of unknown age",
                Situation::mayBeUnder14)
            .needs(
                "已制定不满十四周岁未成年人个人信息的专门处理规则",
                "dedicated processing rules for under-14s exist",
                s -> s.facts().processor().childRules())
            .why("没有针对儿童的专门处理规则。", "There are no dedicated rules for children.")
            .remedy("制定专门处理规则；或者先确认年龄。", "Make dedicated rules, or establish the age first.")
            .duty(
                DutyKind.APPLY_CHILD_RULES,
                ON_A_FACE,
                "当事人不满十四周岁，或者年龄不明",
                "the person is under fourteen or of unknown age",
                s -> s.mayBeUnder14().isYes())
            .build(),
        Rule.of(INSTRUMENT, "38")
            .asked(of(Verb.TRANSMIT))
            .when(
                "传出的是人脸信息（模板或者图像）",
                "what leaves is face information (template or image)",
                Situation::isFaceInformation)
            .needs(
                "不传往境外",
                "it does not go abroad",
                s ->
                    Situation.is(s.facts().operation().destination(), Destination.CROSS_BORDER)
                        .not())
            .why(
                "人脸信息传往境外，本系统不具备出境的法定条件；同意不能补救。",
                "Face information would leave the mainland, and the conditions for that are not met here; consent does not cure it.")
            .remedy("在境内处理，只传出结果。", "Process it in the mainland and send only the result.")
            .build(),
        Rule.of(INSTRUMENT, "47")
            .asked(of(Verb.RETAIN))
            .when(
                "同意已经撤回，没有其他依据，也不是依法留存",
                "the consent is withdrawn, no other ground carries it, and nothing demands that it be kept",
                s -> Truth.of(s.isLeftWithoutConsent() && !s.isRetainExcused()))
            .needs("已经删除", "it is erased", s -> Truth.NO)
            .why("同意已经撤回，应当主动删除，不得继续保存。", "The consent is withdrawn: it must be erased, not kept.")
            .remedy("立即删除并向本人出具证明。", "Erase it now and give the person a certificate.")
            .asked(of(Verb.ERASE))
            .needs(
                "没有法定的保存义务：证据保全已解除，法定最低保存期限已届满",
                "no duty to keep it stands: no evidence is held, and no statutory minimum still runs",
                s -> Truth.of(!s.isHeld()))
            .why(
                "法定的保存期限未届满，或者依法应当留存证据，不能删除，只能限制处理。",
                "A statutory minimum still runs, or evidence must be preserved: it may not be erased, only restricted.")
            .remedy(
                "停止除存储和安全保护之外的处理，期限届满或者保全解除后立即删除。",
                "Stop all processing but storage and protection; erase when the minimum is over or the hold is lifted.")
            .duty(
                DutyKind.ERASE,
                ON_A_FACE,
                With.REFUSAL,
                new Text(
                    "同意已撤回且没有其他依据，或者保存期限已届满，而且没有留存义务",
                    "the consent is withdrawn and no other ground carries it, or its time is over, and nothing demands that it be kept"),
                s ->
                    (s.isLeftWithoutConsent() || s.isExpired().isYes())
                        && !s.isHeld()
                        && !s.isFootageKept().isYes(),
                s -> null)
            .duty(
                DutyKind.RESTRICT,
                of(Verb.RETAIN),
                "依法留存证据，或者法定最低保存期限未届满",
                "it is held as evidence, or a statutory minimum still runs",
                Situation::isHeld)
            .evidence("/basis/citation")
            .build(),
        Rule.of(INSTRUMENT, "55")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .needs(
                "事前已批准个人信息保护影响评估，且覆盖这一目的、操作和区域",
                "an impact assessment was approved beforehand and covers this purpose, operation and zone",
                Situation::isAssessed)
            .why(
                "处理敏感个人信息之前没有进行影响评估，或者评估不包括这一目的、操作或者区域。",
                "No impact assessment was made before sensitive information is processed, or it does not cover this purpose, operation or zone.")
            .remedy("先评估，后处理。", "Assess first, process afterwards.")
            .duty(DutyKind.RECORD_PROCESSING, ALL_BUT_PROMPT_AND_ERASE)
            .build());
  }

  private static @Nullable DueBy endOfGround(Situation s) {
    Instant end = s.facts().basis().expires();
    return end == null ? null : new DueBy.Moment(end);
  }

  private static @Nullable DueBy endOfRetention(Situation s) {
    Instant end = s.facts().retention().expiresAt();
    return end == null ? null : new DueBy.Moment(end);
  }
}
