package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.ALL_BUT_ERASE;
import static cn.mingmian.law.rules.Verbs.ALL_BUT_PROMPT_AND_ERASE;
import static cn.mingmian.law.rules.Verbs.AT_A_CHECKPOINT;
import static cn.mingmian.law.rules.Verbs.BEFORE_THE_LENS;
import static cn.mingmian.law.rules.Verbs.BY_DEVICE;
import static cn.mingmian.law.rules.Verbs.ON_A_FACE;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.SOMEWHERE;
import static cn.mingmian.law.rules.Verbs.STORING;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Control;
import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.law.facts.Section;
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

/// Measures for the Security Management of the Application of Face Recognition Technology.
final class Measures2025 {
  static final Instrument INSTRUMENT =
      Instrument.named(
              "MEASURES-2025",
              "人脸识别技术应用安全管理办法",
              "Measures for the Security Management of the Application of Face Recognition Technology")
          .cited("《人脸识别技术应用安全管理办法》", "Face Recognition Measures")
          .by(
              Authority.DEPARTMENT_RULE,
              "国家互联网信息办公室、公安部（第19号令）",
              "Cyberspace Administration of China and Ministry of Public Security (Order No. 19)")
          .from("2025-06-01")
          .reaches(Situation::isUnderTheMeasures)
          .liability(
              "第十八条：依照有关法律、行政法规处理，构成犯罪的追究刑事责任；个人信息保护法第六十六条：责令改正、警告、没收违法所得，拒不改正的处一百万元以下罚款，情节严重的处五千万元以下或者上一年度营业额百分之五以下罚款。",
              "Art. 18: dealt with under the laws and regulations, as a crime where it is one. PIPL art. 66: correction, warning, confiscation; up to CNY 1 million on refusal; in serious cases up to CNY 50 million or 5% of the last year's turnover.")
          .note(
              "研究开发、算法训练不适用；不溯及2025年6月1日之前的行为，但其后继续存储属于新的行为。",
              "Not for research and training of algorithms; not for deeds before 2025-06-01, but storing on after it is a new deed.")
          .build();

  private Measures2025() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "4.1")
            .asked(ALL_BUT_ERASE)
            .needs(
                "已记录并批准特定的目的和充分的必要性",
                "a specific purpose and a sufficient necessity are recorded and approved",
                s -> s.facts().purpose().specific().and(s.facts().purpose().necessary()))
            .why(
                "使用人脸没有特定的目的，或者没有充分的必要性。",
                "The face is used without a specific purpose or without sufficient necessity.")
            .remedy(
                "写明具体用途和非用人脸不可的理由，由申请人以外的负责人批准；说不出理由的，改用不需要人脸的方式。",
                "Write down the exact use and why a face is needed, and have it approved by someone other than its author; where there is no reason, use a way without the face.")
            .build(),
        Rule.of(INSTRUMENT, "4.2")
            .asked(BY_DEVICE)
            .needs(
                "采取的是对个人权益影响最小的方式",
                "the chosen way is the one with the least impact on the person",
                s -> s.facts().purpose().leastImpact())
            .why("还有对个人权益影响更小、同样可行的方式。", "A way with less impact on the person would do as well.")
            .remedy(
                "改用影响更小的方式（例如不用人脸、设备端一对一比对、小范围比对），或者记录更轻的方式为何不可行。",
                "Take the milder way (no face, 1:1 on the device, a smaller group), or record why the milder ones fail.")
            .build(),
        Rule.of(INSTRUMENT, "5.1")
            .asked(BEFORE_THE_LENS)
            .when(
                "法律、行政法规没有规定不需要告知，且不属于可以事后告知的紧急情况",
                "no law or administrative regulation dispenses with notice, and no emergency lets it follow",
                Situation::isNoticeDueBefore)
            .needs(
                "处理之前已向本人出示告知",
                "the notice was shown to the person beforehand",
                Situation::isNoticeShown)
            .why("告知是在处理之后才出示的。", "The notice was shown only afterwards.")
            .remedy(
                "先以显著方式、清晰易懂的语言出示告知，再开始处理；已取得的人脸信息应当删除。",
                "Show the notice first, conspicuously and in plain language, and only then begin; erase what was taken before it.")
            .asked(BEFORE_THE_LENS)
            .when(
                "法律、行政法规没有规定不需要告知，且不属于可以事后告知的紧急情况",
                "no law or administrative regulation dispenses with notice, and no emergency lets it follow",
                Situation::isNoticeDueBefore)
            .needs(
                "告知写明了名称和联系方式、目的方式和保存期限、必要性和影响、行使权利的方式和程序",
                "the notice tells name and contact, purpose, method and retention, necessity and impact, and how to exercise one's rights",
                s ->
                    s.tells(NoticeItem.PROCESSOR_CONTACT)
                        .and(s.tells(NoticeItem.PURPOSE_METHOD_RETENTION))
                        .and(s.tells(NoticeItem.NECESSITY_AND_IMPACT))
                        .and(s.tells(NoticeItem.RIGHTS)))
            .why("告知缺少法定事项。", "The notice leaves out something that must be told.")
            .remedy(
                "补全四项内容：谁在处理及如何联系；目的、方式、保存期限；为何必要及有何影响；如何行使权利。发布新版本并重新出示。",
                "Complete the four items (who and how to reach them; purpose, method, retention; why it is needed and what it does to you; your rights and how to use them), publish a new version and show it again.")
            .evidence("/notice/exemption/level", "/notice/exemption/citation")
            .build(),
        Rule.of(INSTRUMENT, "5.2")
            .asked(BEFORE_THE_LENS)
            .when(
                "已经出示过告知，且告知未被法律、行政法规免除",
                "a notice was shown, and none is dispensed with",
                s -> s.isNoticeDueBefore().and(s.isAnyNoticeShown()))
            .needs(
                "向本人出示的告知就是现行版本",
                "the version shown to the person is the one in force",
                Situation::isNoticeCurrent)
            .why(
                "告知的内容已经变更，但没有把变更部分告诉本人。",
                "What the notice tells has changed, and the person was not told the change.")
            .remedy(
                "向本人告知变更的部分；目的、方式或者种类变更的，还要重新取得单独同意。",
                "Tell the person what changed; where purpose, method or kind changed, ask for a new separate consent as well.")
            .build(),
        Rule.of(INSTRUMENT, "5.3")
            .asked(of(Verb.DEPLOY, Verb.PROMPT))
            .needs(
                "告知和替代方式便于老年人、残疾人使用",
                "notice and alternatives are usable by elderly and disabled people",
                s -> s.facts().site().accessible())
            .why(
                "老年人、残疾人无法正常使用这里的告知或者替代方式。",
                "Elderly or disabled people cannot use the notice or the alternatives here.")
            .remedy(
                "提供大字、语音、简易操作和人工服务，并作检查记录。",
                "Offer large type, voice, a simple mode and staff to help, and record the check.")
            .build(),
        Rule.of(INSTRUMENT, "5.4")
            .duty(
                DutyKind.NOTIFY_LATER,
                ON_A_GROUND,
                With.PERMIT,
                new Text(
                    "紧急情况下尚未完整告知", "in an emergency, while the notice has not been shown in full"),
                Measures2025::isNoticeToFollow,
                Measures2025::endOfGround)
            .evidence("/basis/citation")
            .build(),
        Rule.of(INSTRUMENT, "6.1")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "本人在充分知情的前提下自愿、明确地作出了单独同意，且至今有效",
                "the person has given a separate consent, informed, voluntary and explicit, and it stands",
                Situation::isConsentGood)
            .why(
                "没有有效的单独同意：同意缺失、已撤回、事后补签、默认勾选、与其他事项捆绑、以服务相要挟、受到强迫，或者不是有权的人作出的。",
                "There is no valid separate consent: it is missing, withdrawn, given afterwards, pre-ticked, bundled, tied to the service, forced, or by someone who cannot give it.")
            .remedy(
                "单独就人脸征求同意：一事一同意，由本人主动作出，可以拒绝，拒绝不影响服务；在取得之前请使用不用人脸的方式。",
                "Ask for the face alone: one act for one purpose, by the person's own action, free to refuse without losing the service; until then use the way without the face.")
            .evidence("/consent/noticeVersion")
            .build(),
        Rule.of(INSTRUMENT, "6.2")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且法律、行政法规要求书面同意",
                "consent is the ground, and a law or administrative regulation demands it in writing",
                s -> s.isOnConsent().and(s.facts().purpose().writtenConsentRequired()))
            .needs("同意是书面作出的", "the consent is in writing", Situation::isWritten)
            .why(
                "法律、行政法规要求书面同意，而取得的同意不是书面的。",
                "Written consent is demanded here, and the consent is not in writing.")
            .remedy(
                "取得签名的书面同意或者可靠的电子签名。",
                "Obtain a signed document or a reliable electronic signature.")
            .build(),
        Rule.of(INSTRUMENT, "7.1")
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
                "不满十四周岁的孩子没有经核实的监护人同意；孩子自己点的同意不算。",
                "The child is under fourteen and no verified guardian has consented; the child's own click does not count.")
            .remedy(
                "联系父母或者其他监护人，核实监护关系，由其单独同意；此前请为孩子提供不用人脸的方式。",
                "Reach a parent or guardian, verify the relation, and let them consent separately; until then give the child a way without the face.")
            .build(),
        Rule.of(INSTRUMENT, "7.2")
            .asked(ON_A_FACE)
            .when(
                "当事人不满十四周岁，或者年龄不明",
                "the person is under fourteen or of unknown age",
                Situation::mayBeUnder14)
            .needs(
                "已制定不满十四周岁未成年人个人信息的专门处理规则",
                "dedicated processing rules for under-14s exist",
                s -> s.facts().processor().childRules())
            .why(
                "处理可能是孩子的人脸，却没有专门的处理规则。",
                "A face that may be a child's is processed without dedicated rules.")
            .remedy(
                "制定并公布专门处理规则（存储、使用、传输、公开等）；或者先确认当事人已满十四周岁。",
                "Make and publish dedicated rules (storage, use, transfer, disclosure), or establish that the person is fourteen or older.")
            .duty(
                DutyKind.APPLY_CHILD_RULES,
                ON_A_FACE,
                "当事人不满十四周岁，或者年龄不明",
                "the person is under fourteen or of unknown age",
                s -> s.mayBeUnder14().isYes())
            .build(),
        Rule.of(INSTRUMENT, "8.1")
            .asked(of(Verb.TRANSMIT))
            .when(
                "传出的是人脸信息（模板或者图像），且没有法律、行政法规要求",
                "what leaves is face information (template or image), and no law or administrative regulation requires it",
                s -> s.isMandatedByStatute() ? Truth.NO : s.isFaceInformation())
            .needs(
                "本人就向该接收方传输作出了有效的单独同意",
                "the person has validly consented to sending it to this recipient",
                Situation::isRecipientAgreed)
            .why(
                "人脸信息应当留在人脸识别设备内，现有的同意不包括向该接收方传输。录入时的同意不等于传输的同意。",
                "Face information stays in the device, and no consent covers sending it to this recipient. The consent to enrolment is not one to transmission.")
            .remedy(
                "在设备内完成比对，只传出结果；确需传出的，另行取得写明接收方的单独同意。",
                "Compare inside the device and send only the result; where it must leave, obtain a separate consent that names the recipient.")
            .evidence("/operation/recipient", "/purpose/mandate/citation")
            .build(),
        Rule.of(INSTRUMENT, "8.2")
            .asked(STORING)
            .needs(
                "已为这条记录设定到期时间，且不超过既定的最长保存期限",
                "the record has an end, no later than the longest time the policy allows",
                Situation::isEndSet)
            .why(
                "到期时间超过了自己规定的最长保存期限。",
                "The record would be kept longer than the policy itself allows.")
            .remedy(
                "录入时写明到期时间，并以实现目的所必需的最短时间为限。",
                "Set the end when storing, and no later than the purpose needs.")
            .asked(STORING)
            .needs(
                "保存期限是实现目的所必需的最短时间",
                "the time is the shortest that serves the purpose",
                s -> s.facts().retention().shortestNecessary())
            .why("保存期限超过了实现目的所必需的最短时间。", "It would be kept longer than the purpose needs.")
            .remedy("缩短保存期限，并记录理由。", "Shorten the time and record the reason.")
            .asked(ON_A_FACE)
            .when(
                "不是依法留存的证据，也没有未届满的法定最低保存期限",
                "it is not kept as evidence or under a statutory minimum that still runs",
                s -> Truth.of(!s.isRetainExcused()))
            .needs("保存期限还没有届满", "its time is not over", s -> s.isExpired().not())
            .why("保存期限已经届满，这份人脸信息不得再保存和使用。", "Its time is over: it may be neither kept nor used.")
            .remedy(
                "立即删除；仍需使用的，重新告知并重新征得同意后再录入。",
                "Erase it now; where it is still needed, give notice and ask again, then enrol anew.")
            .duty(
                DutyKind.ERASE_AT_EXPIRY,
                STORING,
                With.PERMIT,
                null,
                s -> true,
                Measures2025::endOfRetention)
            .build(),
        Rule.of(INSTRUMENT, "9.1")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .needs(
                "事前已批准个人信息保护影响评估，且覆盖这一目的、操作和区域",
                "an impact assessment was approved beforehand and covers this purpose, operation and zone",
                Situation::isAssessed)
            .why(
                "没有事前批准的影响评估，或者评估不包括这一目的、操作或者区域。",
                "No impact assessment was approved beforehand, or it does not cover this purpose, operation or zone.")
            .remedy(
                "完成影响评估并由负责人批准，评估范围要与实际目的、操作方式和区域一致；批准之前不得开始。",
                "Finish the assessment and have it approved; its scope must match the actual purpose, operation and zone. Do not begin before.")
            .duty(DutyKind.RECORD_PROCESSING, ALL_BUT_PROMPT_AND_ERASE)
            .build(),
        Rule.of(INSTRUMENT, "9.2")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .when("已有影响评估", "there is an assessment", Situation::isAssessmentPresent)
            .needs(
                "评估包括四项：目的方式合法必要；对权益的影响；泄露等风险；保护措施",
                "the assessment has the four parts: lawful and necessary purpose; impact on rights; risk of leaks; measures",
                s ->
                    Situation.has(s.facts().assessment().sections(), Section.LAWFUL_PURPOSE)
                        .and(
                            Situation.has(s.facts().assessment().sections(), Section.RIGHTS_IMPACT))
                        .and(Situation.has(s.facts().assessment().sections(), Section.LEAK_RISK))
                        .and(Situation.has(s.facts().assessment().sections(), Section.MEASURES)))
            .why("影响评估缺少法定的部分。", "The assessment lacks a part that it must have.")
            .remedy("补全四个部分后重新批准。", "Complete the four parts and approve it again.")
            .build(),
        Rule.of(INSTRUMENT, "9.4")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .when("已有影响评估", "there is an assessment", Situation::isAssessmentPresent)
            .needs(
                "评估之后目的、方式没有变更，也没有发生重大安全事件",
                "since the assessment neither purpose nor method has changed and no major incident has happened",
                s ->
                    s.facts()
                        .assessment()
                        .changedSince()
                        .not()
                        .and(s.facts().assessment().incidentSince().not()))
            .why(
                "评估之后目的或者方式变更过，或者发生过重大安全事件，原评估不再有效。",
                "Purpose or method has changed since, or a major incident has happened: the assessment no longer holds.")
            .remedy("重新评估并批准后再继续。", "Redo the assessment and have it approved before going on.")
            .duty(
                DutyKind.REDO_ASSESSMENT,
                ALL_BUT_PROMPT_AND_ERASE,
                With.REFUSAL,
                new Text(
                    "评估之后有变更或者重大安全事件，或者不能证明没有",
                    "something has changed or happened since, or nothing shows that it has not"),
                s ->
                    s.isAssessmentPresent().isYes() && !s.facts().assessment().changedSince().isNo()
                        || s.isAssessmentPresent().isYes()
                            && !s.facts().assessment().incidentSince().isNo(),
                s -> null)
            .build(),
        Rule.of(INSTRUMENT, "10.1")
            .asked(AT_A_CHECKPOINT)
            .when(
                "在验证点，且没有国家规定要求使用人脸",
                "at a checkpoint, and no state rule requires the face",
                s -> s.isMandatedByRule() ? Truth.NO : s.isAnotherWayDue())
            .needs(
                "提供至少一种不用人脸的验证方式",
                "at least one way without the face is offered",
                Situation::isAnotherWayOffered)
            .why("人脸是这里唯一的验证方式。", "The face is the only way here.")
            .remedy(
                "同时开放刷卡、二维码、密码或者人工等至少一种方式，并保证它一直可用。",
                "Offer a card, a code, a password or staff as well, and keep it working.")
            .evidence("/purpose/mandate/level", "/purpose/mandate/citation")
            .build(),
        Rule.of(INSTRUMENT, "10.2")
            .asked(AT_A_CHECKPOINT)
            .when(
                "在验证点，且没有国家规定要求使用人脸",
                "at a checkpoint, and no state rule requires the face",
                s -> s.isMandatedByRule() ? Truth.NO : s.isAnotherWayDue())
            .needs(
                "替代方式合理、便捷，价格、地点、时间上不逊于人脸",
                "the other way is reasonable and convenient, at no worse price, place or time",
                s -> s.facts().alternativeReasonable())
            .why(
                "替代方式不合理或者不便捷：更贵、更远、更慢或者时常不可用。",
                "The other way is not reasonable or convenient: dearer, farther, slower or often out of order.")
            .remedy(
                "把替代方式设在同一地点、同一时间，不另收费，等候时间相当。",
                "Put it at the same place and hours, at no extra charge, with a comparable wait.")
            .duty(
                DutyKind.OFFER_ALTERNATIVE,
                of(Verb.PROMPT, Verb.VERIFY),
                "征求意见时，或者以同意为依据验证时，且没有国家规定要求使用人脸",
                "when asking, or when verifying on consent, and no state rule requires the face",
                s ->
                    !s.isMandatedByRule()
                        && s.isAnotherWayDue() != Truth.NO
                        && (s.verb() == Verb.PROMPT || s.isOnConsent() != Truth.NO))
            .evidence("/purpose/mandate/level", "/purpose/mandate/citation")
            .build(),
        Rule.of(INSTRUMENT, "11")
            .duty(DutyKind.USE_AUTHORITATIVE_CHANNEL, of(Verb.VERIFY, Verb.IDENTIFY))
            .build(),
        Rule.of(INSTRUMENT, "12")
            .asked(of(Verb.PROMPT))
            .needs(
                "提示不误导、不催促，不用人脸也不多花钱",
                "the prompt neither misleads nor presses, and the way without the face costs no more",
                s ->
                    s.facts()
                        .prompt()
                        .misleading()
                        .not()
                        .and(s.facts().prompt().urgent().not())
                        .and(s.facts().prompt().dearerWithoutFace().not()))
            .why(
                "以办理业务、提升服务为由误导、催促或者变相胁迫他人使用人脸。",
                "The prompt misleads, presses or in effect forces people to use the face.")
            .remedy(
                "去掉“必须”“即将失效”等字样，两种方式的按钮同样醒目、价格相同。",
                "Drop words such as “must” or “expires soon”; show both ways alike and at the same price.")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且已有同意",
                "consent is the ground, and there is one",
                s -> s.facts().consent().coerced().isYes() ? s.isOnConsent() : Truth.NO)
            .needs(
                "同意不是被迫作出的", "the consent was not forced", s -> s.facts().consent().coerced().not())
            .why("同意是被误导、欺诈或者胁迫作出的。", "The consent was obtained by misleading, fraud or force.")
            .remedy(
                "停止使用这份人脸信息并删除；让当事人在没有压力的情况下自由选择。",
                "Stop using this face and erase it; let the person choose freely, without pressure.")
            .build(),
        Rule.of(INSTRUMENT, "13.1")
            .asked(of(Verb.DEPLOY))
            .when(
                "在公共场所安装人脸识别设备",
                "a face recognition device in a public place",
                s -> s.isPublic().and(s.isFaceRecognitionDevice()))
            .needs(
                "为维护公共安全所必需，并有记录",
                "it is needed for public safety, on record",
                s -> s.facts().site().publicSafetyNecessity())
            .why("不是维护公共安全所必需。", "It is not needed for public safety.")
            .remedy(
                "不是公共安全所必需的，不得在公共场所安装；确属必需的，先作记录和论证。",
                "Without a public-safety need no such device goes into a public place; where there is one, record and justify it first.")
            .asked(of(Verb.DEPLOY))
            .when(
                "在公共场所安装人脸识别设备",
                "a face recognition device in a public place",
                s -> s.isPublic().and(s.isFaceRecognitionDevice()))
            .needs("设置了显著提示标识", "a conspicuous sign is in place", s -> s.facts().site().sign())
            .why("没有显著的提示标识。", "There is no conspicuous sign.")
            .remedy(
                "在进入采集区域之前能看到的位置设置标识，拍照存档。",
                "Put a sign where people see it before they enter the area, and keep a photo of it.")
            .asked(of(Verb.DEPLOY))
            .when(
                "在公共场所安装人脸识别设备",
                "a face recognition device in a public place",
                s -> s.isPublic().and(s.isFaceRecognitionDevice()))
            .needs(
                "依法合理确定了采集区域",
                "the capture area is lawfully and reasonably set",
                s -> s.facts().site().captureArea())
            .why("没有依法合理确定采集区域。", "No lawful and reasonable capture area is set.")
            .remedy(
                "划定采集区域，区域之外的画面在提取特征之前遮盖。",
                "Set the area, and mask what lies outside before any template is taken.")
            .asked(BEFORE_THE_LENS)
            .when(
                "公共场所的人脸识别设备",
                "a face recognition device in a public place",
                s -> s.isPublic().and(s.isFaceRecognitionDevice()))
            .needs(
                "人脸在采集区域之内",
                "the face lies inside the capture area",
                s -> s.facts().device().insideCaptureArea())
            .why("人脸在采集区域之外。", "The face lies outside the capture area.")
            .remedy("丢弃这张人脸，不提取特征。", "Drop this face; take no template of it.")
            .build(),
        Rule.of(INSTRUMENT, "13.2")
            .bindsHouseholds()
            .asked(SOMEWHERE)
            .when("使用人脸识别设备", "by a face recognition device", Situation::isFaceRecognitionDevice)
            .needs(
                "不在客房、公共浴室、更衣室、卫生间等私密空间",
                "it is not in a private space such as a guest room, bath, changing room or toilet",
                s -> s.isPrivateSpace().not())
            .why(
                "这是私密空间。任何人不得在此使用人脸识别，谁同意都不行。",
                "This is a private space. Nobody may use face recognition here, whoever consents.")
            .remedy(
                "拆除设备并删除已经取得的信息；没有其他补救办法。",
                "Take the device down and erase what it took; there is no other cure.")
            .build(),
        Rule.of(INSTRUMENT, "14.1")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .needs(
                "数据加密、安全审计、访问控制、授权管理、入侵检测和防御五类措施都在有效运行",
                "encryption, audit, access control, authorisation and intrusion detection all work and are evidenced",
                s ->
                    s.hasControl(Control.ENCRYPTION)
                        .and(s.hasControl(Control.AUDIT))
                        .and(s.hasControl(Control.ACCESS_CONTROL))
                        .and(s.hasControl(Control.AUTHORISATION))
                        .and(s.hasControl(Control.INTRUSION_DETECTION)))
            .why("五类安全措施没有全部到位。", "Not all five families of protection are in place.")
            .remedy(
                "修复缺少的措施并重新自检，全部通过之前暂停使用人脸。",
                "Repair what is missing and run the self-test; suspend the use of faces until all pass.")
            .asked(of(Verb.VERIFY))
            .needs(
                "活体检测通过，没有照片、视频、面具等攻击",
                "liveness passed: no photo, video or mask attack",
                s -> s.facts().liveness().passed())
            .why("活体检测没有通过，可能是照片、视频或者面具。", "Liveness failed: perhaps a photo, a video or a mask.")
            .remedy(
                "请本人到场重试，或者改用其他验证方式；多次失败的，登记为攻击事件。",
                "Let the person try again in person or take another way; record repeated failures as an attack.")
            .asked(of(Verb.ACCESS))
            .needs(
                "查看经负责人批准",
                "the viewing is approved by the responsible person",
                s -> s.facts().access().approved())
            .why("查看没有经过批准。", "The viewing was not approved.")
            .remedy("说明事由，由负责人逐次批准后再查看。", "State the reason and have each viewing approved first.")
            .duty(DutyKind.LOG_ACCESS, of(Verb.ACCESS))
            .evidence("/device/registered", "/access/role")
            .build(),
        Rule.of(INSTRUMENT, "14.2")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .when(
                "向社会公众提供人脸识别服务",
                "face recognition is offered to the general public",
                s -> s.facts().processor().publicFacing())
            .needs(
                "已履行网络安全等级保护义务，有定级备案",
                "a classified-protection level is on record",
                s -> s.isProtectedAtLevel(1))
            .why(
                "面向公众提供服务，却没有网络安全等级保护定级。",
                "A public service without a classified-protection level.")
            .remedy("办理等级保护定级备案和测评。", "Obtain a level, file it, and have it assessed.")
            .build(),
        Rule.of(INSTRUMENT, "15.1")
            .asked(of(Verb.ENROL))
            .needs(
                "未达到10万人，或者已经备案，或者备案期限未过",
                "fewer than 100,000 persons are stored, or the filing is done, or its term still runs",
                Situation::isFilingInTime)
            .why(
                "存储的人脸信息已达到10万人，三十个工作日的备案期限已过而没有备案，不得再录入新人。",
                "100,000 persons are stored and the thirty working days for filing are over: no new person may be enrolled.")
            .remedy(
                "向所在地省级以上网信部门备案；核实并记录达到10万人的日期。",
                "File with the provincial cyberspace administration; establish and record the day on which 100,000 were reached.")
            .duty(
                DutyKind.FILE,
                ALL_BUT_PROMPT_AND_ERASE,
                With.ANY_OUTCOME,
                new Text("已达到10万人而尚未备案", "100,000 persons are reached and the filing is not done"),
                s -> !s.isFiled() && s.isFilingReached().isYes(),
                Situation::filingDue)
            .build());
  }

  private static boolean isNoticeToFollow(Situation s) {
    return s.isEmergency() && !s.isNoticeDispensed() && !s.isNoticeComplete().isYes();
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
