package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.ALL_BUT_PROMPT_AND_ERASE;
import static cn.mingmian.law.rules.Verbs.AT_A_CHECKPOINT;
import static cn.mingmian.law.rules.Verbs.BY_DEVICE;
import static cn.mingmian.law.rules.Verbs.ON_A_FACE;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.SOMEWHERE;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Attribute;
import cn.mingmian.law.facts.Mode;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.RemoteRequest;
import cn.mingmian.law.facts.RequestGround;
import cn.mingmian.law.facts.RequestedBy;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.DutyRule.With;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import cn.mingmian.law.rules.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// The consultation draft of 2023. It never became law: a pack that an operator may switch on, and
/// that only adds refusals and duties.
final class Draft2023 {
  static final Instrument INSTRUMENT =
      Instrument.named(
              "DRAFT-2023",
              "人脸识别技术应用安全管理规定（试行）（征求意见稿）",
              "Provisions on the Security Management of the Application of Face Recognition Technology (trial; draft for comments)")
          .cited("《人脸识别技术应用安全管理规定（征求意见稿）》", "Draft Face Recognition Provisions of 2023")
          .by(Authority.DRAFT, "国家互联网信息办公室", "Cyberspace Administration of China")
          .pack(Pack.DRAFT_2023)
          .liability(
              "征求意见稿从未生效，没有法律后果；仅作为更严格的自愿标准。",
              "The draft was never in force and has no legal consequence; it is a stricter yardstick taken on voluntarily.")
          .note(
              "2023年8月8日公布，征求意见至9月7日，后由2025年办法取代。",
              "Published on 2023-08-08 for comments until 2023-09-07; superseded by the Measures of 2025.")
          .build();

  private Draft2023() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "4.2")
            .asked(AT_A_CHECKPOINT)
            .when(
                "在验证点，且没有法律、行政法规要求使用人脸",
                "at a checkpoint, and no law or administrative regulation requires the face",
                Situation::isAnotherWayDueUnlessMandated)
            .needs(
                "提供非生物特征的方式（指纹不算）",
                "a way that is not biometric is offered (a fingerprint is)",
                Situation::isNonBiometricWayOffered)
            .why(
                "没有非生物特征的方式可用；指纹也是生物特征。",
                "No non-biometric way is offered; a fingerprint is biometric too.")
            .remedy("增加门禁卡、二维码、密码或者人工方式。", "Add a card, a code, a password or staff.")
            .build(),
        Rule.of(INSTRUMENT, "4.3")
            .duty(DutyKind.USE_AUTHORITATIVE_CHANNEL, of(Verb.VERIFY, Verb.IDENTIFY))
            .build(),
        Rule.of(INSTRUMENT, "5")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs(
                "取得了有效的单独同意；依法应当书面的，是书面同意",
                "there is a valid separate consent, in writing where that is demanded",
                s -> s.isConsentGood().and(s.writtenWhereDemanded()))
            .why("没有取得有效的单独同意或者书面同意。", "There is no valid separate or written consent.")
            .remedy("单独征得同意。", "Ask for a separate consent.")
            .evidence("/consent/noticeVersion")
            .build(),
        Rule.of(INSTRUMENT, "6")
            .bindsHouseholds()
            .asked(SOMEWHERE)
            .needs(
                "不在客房、公共浴室、更衣室、卫生间等可能侵害隐私的场所",
                "it is not in a guest room, bath, changing room, toilet or another place of privacy",
                s -> s.isPrivateSpace().not())
            .why(
                "这类场所不得安装任何图像采集、身份识别设备。",
                "No camera or identification device may be installed in such a place.")
            .remedy("拆除设备。", "Take the device down.")
            .build(),
        Rule.of(INSTRUMENT, "7.1")
            .asked(of(Verb.DEPLOY))
            .when("在公共场所", "in a public place", Situation::isPublic)
            .needs(
                "为维护公共安全所必需，并设置显著的提示标识",
                "it is needed for public safety, and a conspicuous sign is in place",
                s -> s.facts().site().publicSafetyNecessity().and(s.facts().site().sign()))
            .why(
                "不是维护公共安全所必需，或者没有显著标识。",
                "Public safety does not need it, or there is no conspicuous sign.")
            .remedy(
                "记录公共安全的必要性并设置标识，否则不得安装。",
                "Record the need and put up the sign, or do not install.")
            .build(),
        Rule.of(INSTRUMENT, "7.3")
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
                "为公共安全取得的图像和身份信息被用于其他目的。",
                "Images and identities obtained for public safety are used for something else.")
            .remedy("停止其他用途，或者取得单独同意。", "Stop the other use, or obtain a separate consent.")
            .build(),
        Rule.of(INSTRUMENT, "8")
            .asked(of(Verb.ACCESS))
            .when("单位内部管理区域", "an area of internal management", s -> s.zoneIs(Zone.INTERNAL))
            .needs(
                "不批量查看、导出",
                "nothing is viewed or exported in bulk",
                s -> s.facts().access().bulk().not())
            .why(
                "内部管理的图像不得批量查看或者导出。",
                "Images of internal management are not viewed or exported in bulk.")
            .remedy("只查看与事由有关的单条记录。", "View only the one record that the reason is about.")
            .build(),
        Rule.of(INSTRUMENT, "9.1")
            .asked(AT_A_CHECKPOINT)
            .when(
                "经营场所的验证点，且没有法律、行政法规要求使用人脸",
                "a checkpoint on business premises, and no law or administrative regulation requires the face",
                s -> s.isAnotherWayDueUnlessMandated().and(s.isBusiness()))
            .needs("提供不用人脸的方式", "a way without the face is offered", Situation::isAnotherWayOffered)
            .why("经营场所以办理业务为由只接受人脸。", "The business accepts nothing but the face.")
            .remedy("提供其他验证方式。", "Offer another way.")
            .asked(ON_A_GROUND)
            .when(
                "经营场所，以被迫的同意为依据，且没有法律、行政法规要求使用人脸",
                "business premises, a forced consent, and no law or administrative regulation that requires the face",
                s ->
                    s.isMandatedByStatute() || !s.facts().consent().coerced().isYes()
                        ? Truth.NO
                        : s.isOnConsent().and(s.isBusiness()))
            .needs(
                "同意不是被迫作出的", "the consent was not forced", s -> s.facts().consent().coerced().not())
            .why(
                "经营场所强制、误导、欺诈、胁迫个人接受人脸验证。",
                "The business forced, misled or pressed the person into the face.")
            .remedy("停止使用，让当事人自由选择。", "Stop using it and let the person choose freely.")
            .build(),
        Rule.of(INSTRUMENT, "9.2")
            .asked(of(Verb.VERIFY))
            .when("经营场所", "business premises", Situation::isBusiness)
            .needs("本人主动参与", "the person took an active part", s -> s.facts().person().activePart())
            .why("本人没有主动参与验证。", "The person took no active part.")
            .remedy("由本人主动发起验证。", "Let the person start the check.")
            .asked(of(Verb.VERIFY))
            .when("经营场所", "business premises", Situation::isBusiness)
            .needs(
                "验证过程中以语音或者文字即时说明用途",
                "the purpose is said or shown during the check",
                s -> s.facts().notice().purposePrompt())
            .why("验证过程中没有说明用途。", "The purpose is not said or shown during the check.")
            .remedy("在屏幕或者语音中说明用途。", "Say or show the purpose.")
            .duty(
                DutyKind.STATE_PURPOSE,
                of(Verb.VERIFY),
                "经营场所",
                "business premises",
                s -> s.isBusiness() != Truth.NO)
            .build(),
        Rule.of(INSTRUMENT, "10.1")
            .asked(of(Verb.IDENTIFY))
            .when(
                "在公共场所、经营场所远距离、无感式辨识",
                "remote identification in a public place or on business premises",
                Draft2023::isRemoteInPublic)
            .needs(
                "由本人或者利害关系人为国家安全、公共安全或者紧急情况提出，并经批准",
                "the person or an interested party asked for it, for state security, public safety or an emergency, and it is approved",
                s -> {
                  RemoteRequest request = s.facts().remoteRequest();
                  return request
                      .approved()
                      .and(
                          Situation.isEither(
                              request.by(), RequestedBy.PERSON, RequestedBy.INTERESTED_PARTY))
                      .and(Situation.is(request.ground(), RequestGround.NONE).not());
                })
            .why(
                "没有本人或者利害关系人为法定事由提出并获批准的请求。",
                "No request by the person or an interested party on such a ground is approved.")
            .remedy(
                "由本人或者利害关系人提出书面请求，审批后再辨识。",
                "Let the person or an interested party ask in writing, and approve it first.")
            .build(),
        Rule.of(INSTRUMENT, "10.2")
            .asked(of(Verb.IDENTIFY))
            .when(
                "依请求在公共场所、经营场所远距离、无感式辨识",
                "remote identification on request in a public place or on business premises",
                s ->
                    s.facts().remoteRequest().equals(RemoteRequest.UNKNOWN)
                        ? Truth.NO
                        : isRemoteInPublic(s))
            .needs(
                "限于请求的起止时间，并限于一定地域或者人群",
                "it stays within the time of the request, and within an area or a set of persons",
                s -> {
                  RemoteRequest request = s.facts().remoteRequest();
                  Instant to = request.to();
                  Truth ended = to == null ? Truth.UNKNOWN : Truth.of(s.at().isAfter(to));
                  return s.hasHappened(request.from())
                      .and(ended.not())
                      .and(request.area().or(request.watchSet()));
                })
            .why(
                "辨识超出了请求的时间，或者没有限定地域或者人群。",
                "The identification lies outside the time of the request, or is limited neither to an area nor to a set of persons.")
            .remedy(
                "缩小到最短时间、最小地域或者特定人群；过期的重新请求。",
                "Narrow it to the shortest time, the smallest area or certain persons; ask anew when it is over.")
            .build(),
        Rule.of(INSTRUMENT, "11")
            .asked(of(Verb.ANALYSE))
            .when(
                "分析种族、民族、宗教信仰、健康状况、社会阶层",
                "race, ethnicity, religion, health or social class is inferred",
                s ->
                    s.isForSafetyOrEmergency()
                        .not()
                        .and(
                            Situation.isEither(
                                    s.facts().operation().attribute(),
                                    Attribute.RACE,
                                    Attribute.ETHNICITY)
                                .or(
                                    Situation.isEither(
                                        s.facts().operation().attribute(),
                                        Attribute.RELIGION,
                                        Attribute.HEALTH))
                                .or(
                                    Situation.is(
                                        s.facts().operation().attribute(),
                                        Attribute.SOCIAL_CLASS))))
            .needs(
                "本人对分析这一属性作出了有效的单独同意",
                "the person has validly consented to inferring this attribute",
                Situation::isConsentCovering)
            .why(
                "不得用人脸分析种族、民族、宗教、健康、社会阶层等敏感属性。",
                "Race, ethnicity, religion, health and social class are not inferred from faces.")
            .remedy(
                "停止这类分析，或者取得写明该属性的单独同意。",
                "Stop, or obtain a separate consent that names the attribute.")
            .build(),
        Rule.of(INSTRUMENT, "12")
            .asked(of(Verb.RELY))
            .when(
                "社会救助、不动产处分等重大个人利益事项",
                "social assistance, disposal of real estate and the like",
                s ->
                    Situation.isEither(
                        s.facts().purpose().kind(),
                        PurposeKind.SOCIAL_ASSISTANCE,
                        PurposeKind.REAL_ESTATE_DISPOSAL))
            .needs(
                "由独立的人员进行人工审核",
                "a human who is independent reviews",
                s -> s.facts().review().human().and(s.facts().review().independent()))
            .why(
                "人脸识别代替了人工审核，或者审核人不独立。",
                "Face recognition replaces the human review, or the reviewer is not independent.")
            .remedy(
                "由与申请无关的人员核对材料后作出决定。",
                "Let someone without a part in the application compare the papers and decide.")
            .duty(DutyKind.HUMAN_REVIEW, of(Verb.RELY))
            .build(),
        Rule.of(INSTRUMENT, "13.1")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，且当事人不满十四周岁",
                "consent is the ground, and the person is under fourteen",
                s -> s.isOnConsent().and(Truth.of(s.isUnder14().isYes())))
            .needs(
                "监护人单独或者书面同意，且监护关系经过核实",
                "the guardian has consented, separately or in writing, and is verified",
                Situation::isByTheRightHand)
            .why(
                "不满十四周岁，没有经核实的监护人的单独同意。",
                "Under fourteen, without the separate consent of a verified guardian.")
            .remedy("取得监护人的单独或者书面同意。", "Obtain the guardian's separate or written consent.")
            .build(),
        Rule.of(INSTRUMENT, "14")
            .asked(AT_A_CHECKPOINT)
            .when(
                "物业出入口，且没有法律、行政法规要求使用人脸",
                "a property gate, and no law or administrative regulation requires the face",
                s -> s.isAnotherWayDueUnlessMandated().and(s.zoneIs(Zone.PROPERTY_GATE)))
            .needs(
                "提供不用人脸的出入方式",
                "a way in and out without the face is offered",
                Situation::isAnotherWayOffered)
            .why("人脸是出入的唯一方式。", "The face is the only way in and out.")
            .remedy("提供其他合理、便捷的出入方式。", "Offer another reasonable and convenient way.")
            .build(),
        Rule.of(INSTRUMENT, "15.1")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .needs(
                "事前已批准个人信息保护影响评估，且覆盖这一目的、操作和区域",
                "an impact assessment was approved beforehand and covers this purpose, operation and zone",
                Situation::isAssessed)
            .why(
                "事前没有进行影响评估，或者评估不覆盖这一情形。",
                "No assessment was made beforehand, or it does not cover this.")
            .remedy("先评估，后使用。", "Assess first.")
            .build(),
        Rule.of(INSTRUMENT, "15.2")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .when("已有影响评估", "there is an assessment", Situation::isAssessmentPresent)
            .needs(
                "评估包括六项内容，含标准与伦理、精度与距离",
                "the assessment has the six parts, with standards and ethics, accuracy and distance",
                s -> {
                  Truth all = Truth.YES;
                  for (Section section : Section.values()) {
                    all = all.and(Situation.has(s.facts().assessment().sections(), section));
                  }
                  return all;
                })
            .why("影响评估不足六项。", "The assessment has fewer than six parts.")
            .remedy(
                "补充标准与伦理、精度与距离等内容。",
                "Add what is missing, such as standards and ethics, accuracy and distance.")
            .build(),
        Rule.of(INSTRUMENT, "16.1")
            .duty(
                DutyKind.FILE,
                ALL_BUT_PROMPT_AND_ERASE,
                With.ANY_OUTCOME,
                new Text(
                    "在公共场所使用，或者存储超过1万人，而尚未备案",
                    "in a public place, or more than 10,000 persons are stored, and the filing is not done"),
                s -> !s.isFiled() && s.isDraftFilingReached(),
                Situation::draftFilingDue)
            .build(),
        Rule.of(INSTRUMENT, "17.1")
            .asked(of(Verb.KEEP_IMAGE))
            .when(
                "没有未届满的法定最低保存期限",
                "no statutory minimum still runs",
                s -> Truth.of(!s.isFloorUnexpired()))
            .needs(
                "本人单独同意保存原始图像",
                "the person has separately consented to keeping the raw image",
                Situation::isConsentCovering)
            .why("不得保存原始人脸图像、图片、视频。", "Raw face images, pictures and video are not kept.")
            .remedy("删除原始图像，或者取得单独同意。", "Delete the raw image, or obtain a separate consent.")
            .build(),
        Rule.of(INSTRUMENT, "17.2")
            .asked(ALL_BUT_PROMPT_AND_ERASE)
            .when(
                "向社会公众提供人脸识别服务",
                "face recognition is offered to the general public",
                s -> s.facts().processor().publicFacing())
            .needs(
                "等级保护达到第三级以上",
                "the classified-protection level is 3 or above",
                s -> s.isProtectedAtLevel(3))
            .why("面向公众的系统未达到等级保护第三级。", "A public service below level 3.")
            .remedy("按第三级要求建设并测评。", "Build to level 3 and have it assessed.")
            .build(),
        Rule.of(INSTRUMENT, "18")
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
                "这是服务对象本人",
                "this is someone the service is for",
                s -> s.facts().person().bystander().not())
            .why("采集了与服务无关的人脸。", "This face has nothing to do with the service.")
            .remedy("及时删除或者匿名化。", "Delete it promptly or anonymise it.")
            .duty(
                DutyKind.DISCARD_BYSTANDERS,
                of(Verb.DEPLOY, Verb.IDENTIFY),
                "在公共场所启用设备，或者进行辨识",
                "when switching on in a public place, or identifying",
                s -> s.verb() == Verb.IDENTIFY || s.isPublic() != Truth.NO)
            .build(),
        Rule.of(INSTRUMENT, "19")
            .asked(BY_DEVICE)
            .needs(
                "最近一年内做过安全检测评估",
                "a security assessment was made within the last year",
                Draft2023::isTested)
            .why("距上次安全检测评估已超过一年。", "The last security assessment is more than a year old.")
            .remedy(
                "检测设备安全和置信度阈值，更新记录。", "Test the device and its threshold, and update the record.")
            .build(),
        Rule.of(INSTRUMENT, "20")
            .asked(of(Verb.DEPLOY))
            .when(
                "设备列入应当认证检测的目录",
                "the device is in the catalogue that requires certification",
                s -> s.facts().device().catalogued())
            .needs(
                "设备已认证或者检测合格",
                "the device is certified or tested",
                s -> s.facts().device().certified())
            .why("目录内设备未经认证检测。", "A catalogued device without certification.")
            .remedy("更换为已认证的设备。", "Use a certified device.")
            .evidence("/device/registered")
            .build());
  }

  private static Truth isRemoteInPublic(Situation s) {
    return Situation.is(s.facts().operation().mode(), Mode.REMOTE).and(s.isPublicOrBusiness());
  }

  private static Truth isTested(Situation s) {
    LocalDate tested = s.facts().device().lastTested();
    if (tested == null || tested.isAfter(s.today())) return Truth.UNKNOWN;
    return Truth.of(!s.today().isAfter(tested.plusYears(1)));
  }
}
