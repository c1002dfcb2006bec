package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.ALL_BUT_ERASE;
import static cn.mingmian.law.rules.Verbs.AT_A_CHECKPOINT;
import static cn.mingmian.law.rules.Verbs.BEFORE_THE_LENS;
import static cn.mingmian.law.rules.Verbs.BY_DEVICE_OR_PROMPT;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.LifeState;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Provisions of the Supreme People's Court on civil cases about face recognition.
final class Spc2021 {
  static final Instrument INSTRUMENT =
      Instrument.named(
              "SPC-2021",
              "最高人民法院关于审理使用人脸识别技术处理个人信息相关民事案件适用法律若干问题的规定",
              "Provisions of the Supreme People's Court on civil cases concerning the processing of personal information by face recognition technology")
          .cited("《人脸识别民事案件规定》（法释〔2021〕15号）", "SPC Provisions on Face Recognition Cases")
          .by(Authority.JUDICIAL_INTERPRETATION, "最高人民法院", "Supreme People's Court")
          .from("2021-08-01")
          .liability(
              "侵害人格权益的民事责任：停止侵害、删除信息、赔偿损失（含合理的调查取证费用和律师费，第八条）；处理者负举证责任（第六条）。",
              "Civil liability for infringing personality rights: stop, erase, compensate, with reasonable costs and lawyer's fees (art. 8); the processor bears the burden of proof (art. 6).")
          .note("不溯及施行之前的行为（第十六条第二款）。", "Not for deeds before it took effect (art. 16(2)).")
          .build();

  private Spc2021() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "2.2")
            .item("第二条第二项", "art. 2 no. 2")
            .asked(BY_DEVICE_OR_PROMPT)
            .needs(
                "处理人脸信息的规则已经公开",
                "the rules of processing are public",
                s -> s.facts().processor().publishedRules())
            .why("处理人脸信息的规则没有公开。", "The rules by which faces are processed are not public.")
            .remedy(
                "在无需登录即可查看的页面公开处理规则，写明目的、方式和范围。",
                "Publish the rules where anyone can read them without logging in, with purpose, method and scope.")
            .build(),
        Rule.of(INSTRUMENT, "2.3")
            .item("第二条第三项", "art. 2 no. 3")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "本人或者其监护人作出了有效的单独同意；依法应当书面的，是书面同意",
                "the person, or the guardian, has validly and separately consented, in writing where that is demanded",
                s -> s.isConsentGood().and(s.writtenWhereDemanded()))
            .why(
                "没有取得本人或者监护人有效的单独同意（或者法律要求的书面同意），属于侵害人格权益。",
                "No valid separate consent (or written one where demanded) of the person or guardian: this infringes personality rights.")
            .remedy(
                "停止处理并删除；需要时依法单独征得同意。",
                "Stop and erase; where needed, ask for a separate consent properly.")
            .evidence("/consent/noticeVersion")
            .build(),
        Rule.of(INSTRUMENT, "2.4")
            .item("第二条第四项", "art. 2 no. 4")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且同意有效",
                "consent is the ground, and it is a valid one",
                s -> s.isOnConsent().and(Truth.of(s.isConsentGood().isYes())))
            .needs(
                "同意包括这一目的、这一操作，分析时还包括这一属性",
                "the consent covers this purpose and this operation, and for an analysis this attribute",
                s -> s.isConsentForPurpose().and(s.isConsentForVerb()))
            .why(
                "处理超出了本人同意的目的、方式或者范围。",
                "This goes beyond the purpose, method or scope that the person agreed to.")
            .remedy(
                "只在同意的范围内使用；要用于别的目的、操作或者属性，另行单独征得同意。",
                "Stay within what was agreed; for another purpose, operation or attribute ask separately.")
            .build(),
        Rule.of(INSTRUMENT, "2.6")
            .item("第二条第六项", "art. 2 no. 6")
            .asked(of(Verb.PROVIDE))
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "本人同意向这一接收方提供",
                "the person has consented to providing it to this recipient",
                Situation::isRecipientAgreed)
            .why(
                "违反法律规定或者约定，向他人提供人脸信息：同意没有写明这一接收方。",
                "Face information is given to another against the law or the agreement: the consent does not name this recipient.")
            .remedy(
                "不要提供；确有必要的，告知接收方并取得写明接收方的单独同意。",
                "Do not provide it; where it is needed, tell who receives it and obtain a consent that names the recipient.")
            .evidence("/operation/recipient")
            .build(),
        Rule.of(INSTRUMENT, "4.1")
            .item("第四条第一项", "art. 4 no. 1")
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
                "不同意刷脸就不提供产品或者服务，而人脸并非提供服务所必需；这样的同意不能作为抗辩。",
                "The service is refused without the face, though the face is not necessary for it; such a consent is no defence.")
            .remedy(
                "不同意刷脸的人也照常提供服务，再征求同意。",
                "Give the service to those who refuse as well, and then ask.")
            .build(),
        Rule.of(INSTRUMENT, "4.2")
            .item("第四条第二项", "art. 4 no. 2")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且与其他授权捆绑",
                "consent is the ground, and it was bundled with other authorisations",
                s -> s.facts().consent().form() == ConsentForm.BUNDLED ? s.isOnConsent() : Truth.NO)
            .needs("人脸的同意是单独作出的", "the consent to the face stands alone", s -> Truth.NO)
            .why(
                "同意与其他授权捆绑在一起；这样的同意不能作为抗辩。",
                "The consent was bundled with other authorisations; such a consent is no defence.")
            .remedy(
                "把人脸从合同、用户协议、其他勾选项中分离出来，单独询问。",
                "Take the face out of the contract, the terms and the other boxes, and ask for it alone.")
            .build(),
        Rule.of(INSTRUMENT, "4.3")
            .item("第四条第三项", "art. 4 no. 3")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且同意是强迫或者变相强迫的",
                "consent is the ground, and it was forced or in effect forced",
                s -> s.facts().consent().coerced().isYes() ? s.isOnConsent() : Truth.NO)
            .needs(
                "同意不是被迫作出的", "the consent was not forced", s -> s.facts().consent().coerced().not())
            .why(
                "同意是强迫或者变相强迫作出的；这样的同意不能作为抗辩。",
                "The consent was forced or in effect forced; such a consent is no defence.")
            .remedy(
                "停止使用并删除，让当事人自由选择，拒绝不得有任何不利后果。",
                "Stop and erase; let the person choose freely, at no disadvantage for refusing.")
            .build(),
        Rule.of(INSTRUMENT, "6.3")
            .asked(ON_A_GROUND)
            .when(
                "主张突发公共卫生事件、紧急情况、公共安全或者新闻报道等免责情形",
                "a public-health event, an emergency, public safety or news is claimed",
                s -> Truth.of(isExemption(s.facts().basis().kind())))
            .needs(
                "处理者能证明该情形在处理时存在",
                "the processor can prove that it existed at the time",
                Situation::groundStands)
            .why(
                "主张的免责情形没有证据、已经结束，或者不在其适用的场所和目的之内；举证责任在处理者。",
                "The claimed exemption is without evidence, has ended, or does not fit this place and purpose; the burden of proof is the processor's.")
            .remedy(
                "在处理之时固定证据（何事、谁宣布、起止时间）；情形结束立即停止。",
                "Secure the evidence at the time (what, declared by whom, from when to when); stop when it ends.")
            .evidence("/basis/citation")
            .build(),
        Rule.of(INSTRUMENT, "9")
            .bindsHouseholds()
            .asked(ALL_BUT_ERASE)
            .needs(
                "没有法院作出的人格权侵害禁令",
                "no court has ordered this processing to stop",
                s -> s.facts().injunction().not())
            .why("法院已经责令停止这一处理。", "A court has ordered this processing to stop.")
            .remedy(
                "立即停止；对禁令有异议的，向作出禁令的法院申请复议。",
                "Stop at once; to object, apply to the court that made the order.")
            .liability(
                "拒不履行禁令的，可依法罚款、拘留，情节严重的追究刑事责任。",
                "Disobeying the order may bring a fine, detention or criminal liability.")
            .build(),
        Rule.of(INSTRUMENT, "10.1")
            .asked(AT_A_CHECKPOINT)
            .when(
                "物业服务企业或者其他建筑物管理人的验证点，且没有法律、行政法规要求使用人脸",
                "a checkpoint of a property company or other building manager, and no law or administrative regulation requires the face",
                s ->
                    Situation.is(s.facts().processor().kind(), ProcessorKind.PROPERTY_MANAGER)
                        .and(s.isAnotherWayDueUnlessMandated()))
            .needs(
                "提供人脸以外的合理验证方式",
                "another reasonable way without the face is offered",
                Situation::isAnotherWayOffered)
            .why(
                "业主或者使用人出入只能刷脸；他们有权要求其他合理的验证方式。",
                "Owners and users can enter by face only; they may demand another reasonable way.")
            .remedy(
                "为业主、租户、访客提供门禁卡、二维码或者人工登记。",
                "Offer owners, tenants and visitors a card, a code or a desk.")
            .build(),
        Rule.of(INSTRUMENT, "15")
            .asked(BEFORE_THE_LENS)
            .needs(
                "当事人在世",
                "the person is alive",
                s -> Situation.is(s.facts().person().state(), LifeState.LIVING))
            .why(
                "当事人已经去世，不得再使用其人脸；近亲属可以依法请求保护。",
                "The person has died: the face may not be used, and the near relatives may ask for protection.")
            .remedy("停止比对并删除其模板。", "Stop matching and erase the template.")
            .build());
  }

  /// Claimed or not: nobody claims by silence.
  private static boolean isExemption(@Nullable Ground ground) {
    return ground == Ground.PUBLIC_HEALTH_EMERGENCY
        || ground == Ground.EMERGENCY
        || ground == Ground.PUBLIC_SAFETY
        || ground == Ground.NEWS;
  }
}
