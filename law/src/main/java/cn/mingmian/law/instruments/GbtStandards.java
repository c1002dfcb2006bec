package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.AT_A_CHECKPOINT;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Attribute;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import java.util.List;

/// Recommended national standards: GB/T 41819 on face recognition data, GB/T 35273 on personal
/// information. Clauses that say "in principle" refuse nothing by themselves and have no rule.
final class GbtStandards {
  static final Instrument GBT_41819 =
      standard(
              "GBT-41819",
              "GB/T 41819-2022 信息安全技术 人脸识别数据安全要求",
              "GB/T 41819-2022 Information security technology: Security requirements of face recognition data")
          .cited("GB/T 41819-2022", "GB/T 41819-2022")
          .from("2023-05-01")
          .note(
              "条款编号为本程序所编要点，条文细节待核。",
              "The letters are this program's own; details of the clauses are still to be verified.")
          .build();

  static final Instrument GBT_35273 =
      standard(
              "GBT-35273",
              "GB/T 35273-2020 信息安全技术 个人信息安全规范",
              "GB/T 35273-2020 Information security technology: Personal information security specification")
          .cited("GB/T 35273-2020", "GB/T 35273-2020")
          .from("2020-10-01")
          .note("代替2017年版。", "Replaces the edition of 2017.")
          .build();

  private GbtStandards() {}

  private static Instrument.Builder standard(String id, String zh, String en) {
    return Instrument.named(id, zh, en)
        .by(
            Authority.STANDARD,
            "国家市场监督管理总局、国家标准化管理委员会",
            "State Administration for Market Regulation, Standardization Administration")
        .pack(Pack.STANDARDS)
        .liability(
            "推荐性标准没有罚则，但监管机关和法院常以其判断是否采取了必要措施。",
            "A recommended standard carries no penalty, but authorities and courts measure by it whether due care was taken.");
  }

  static List<Rule> rules() {
    return List.of(
        Rule.of(GBT_41819, "a")
            .asked(AT_A_CHECKPOINT)
            .when(
                "在验证点，且没有法律、行政法规要求使用人脸",
                "at a checkpoint, and no law or administrative regulation requires the face",
                s -> s.areStandardsBinding().and(s.isAnotherWayDueUnlessMandated()))
            .needs(
                "同时提供不用人脸的方式",
                "a way without the face is offered at the same time",
                Situation::isAnotherWayOffered)
            .why("没有同时提供不用人脸的方式。", "No way without the face is offered.")
            .remedy(
                "同时提供其他方式，不因拒绝刷脸而影响基本功能。",
                "Offer another way, and keep the basic functions for those who refuse.")
            .asked(of(Verb.PROMPT))
            .when("标准对此适用", "the standard binds here", Situation::areStandardsBinding)
            .needs(
                "距本人上次拒绝已超过四十八小时",
                "more than forty-eight hours have passed since the person last refused",
                s -> s.isAskedAgainTooSoon().not())
            .why(
                "拒绝后四十八小时之内再次提示，属于频繁提示。",
                "A prompt within forty-eight hours of a refusal is frequent.")
            .remedy("不要反复提示。", "Do not prompt again and again.")
            .build(),
        Rule.of(GBT_41819, "b")
            .asked(of(Verb.ANALYSE))
            .when("标准对此适用", "the standard binds here", Situation::areStandardsBinding)
            .needs(
                "不评估、预测工作表现、健康状况、偏好兴趣",
                "neither work performance nor health nor preference is inferred",
                s ->
                    Situation.isEither(
                            s.facts().operation().attribute(),
                            Attribute.WORK_PERFORMANCE,
                            Attribute.HEALTH)
                        .or(Situation.is(s.facts().operation().attribute(), Attribute.PREFERENCE))
                        .not())
            .why(
                "不得用人脸评估或者预测工作表现、健康状况、偏好，同意也不行。",
                "Faces are not used to infer work performance, health or preference, even with consent.")
            .remedy("停止这类分析。", "Stop this analysis.")
            .build(),
        Rule.of(GBT_41819, "d")
            .asked(of(Verb.KEEP_IMAGE))
            .when(
                "标准对此适用，且没有未届满的法定最低保存期限",
                "the standard binds here, and no statutory minimum still runs",
                s -> s.isFloorUnexpired() ? Truth.NO : s.areStandardsBinding())
            .needs(
                "本人书面同意保存原始图像",
                "the person has consented in writing to keeping the raw image",
                s -> s.isConsentCovering().and(s.isWritten()))
            .why("保存原始人脸图像没有取得书面同意。", "The raw image is kept without written consent.")
            .remedy(
                "比对后立即删除原始图像；确需保存的，取得单独的书面同意。",
                "Delete the raw image right after the comparison, or obtain a separate written consent.")
            .duty(DutyKind.DELETE_RAW_IMAGE, of(Verb.VERIFY, Verb.IDENTIFY, Verb.ENROL))
            .build(),
        Rule.of(GBT_41819, "f")
            .asked(
                of(
                    Verb.ENROL,
                    Verb.VERIFY,
                    Verb.IDENTIFY,
                    Verb.ANALYSE,
                    Verb.KEEP_IMAGE,
                    Verb.RETAIN))
            .when(
                "标准对此适用，且不是依法留存的证据",
                "the standard binds here, and it is not kept as evidence",
                s -> s.isRetainExcused() ? Truth.NO : s.areStandardsBinding())
            .needs(
                "这是服务对象本人，而不是路人等无关人员",
                "this is someone the service is for, not a bystander",
                s -> s.facts().person().bystander().not())
            .why("未经授权的人员的人脸被处理。", "The face of someone who has not authorised it is processed.")
            .remedy("丢弃无关人员的人脸。", "Drop the faces of bystanders.")
            .asked(of(Verb.ENROL, Verb.VERIFY))
            .when("标准对此适用", "the standard binds here", Situation::areStandardsBinding)
            .needs(
                "本人主动配合（按键、扫码、口头表示）",
                "the person took an active part: pressed, scanned or said so",
                s -> s.facts().person().activePart())
            .why("本人没有主动配合，属于无感采集。", "The person took no active part.")
            .remedy(
                "在本人按键、扫码或者口头表示之后再采集。",
                "Capture only after the person pressed, scanned or said so.")
            .asked(of(Verb.PUBLISH))
            .when("标准对此适用", "the standard binds here", Situation::areStandardsBinding)
            .needs("不公开披露", "it is not made public", s -> Truth.NO)
            .why(
                "人脸识别数据不得公开披露，同意也不行。",
                "Face recognition data is never made public, even with consent.")
            .remedy("不要公开。", "Do not publish it.")
            .build(),
        Rule.of(GBT_35273, "5.4")
            .asked(ON_A_GROUND)
            .when(
                "标准对此适用，且以同意为处理依据或者没有提出任何依据",
                "the standard binds here, and consent is the ground or none is named",
                s -> s.areStandardsBinding().and(s.isOnConsent()))
            .needs(
                "单独告知并取得了本人明示同意",
                "the person was told separately and has explicitly consented",
                Situation::isConsentGood)
            .why(
                "收集生物识别信息没有取得有效的明示同意。",
                "Biometric information is collected without a valid explicit consent.")
            .remedy(
                "单独告知目的、方式、范围和期限，取得明示同意。",
                "Tell purpose, method, scope and time separately, and obtain an explicit consent.")
            .evidence("/consent/noticeVersion")
            .build(),
        Rule.of(GBT_35273, "9")
            .asked(of(Verb.PUBLISH))
            .when("标准对此适用", "the standard binds here", Situation::areStandardsBinding)
            .needs("不公开披露个人生物识别信息", "biometric information is not made public", s -> Truth.NO)
            .why(
                "个人生物识别信息不得公开披露，同意也不行。",
                "Biometric information is never made public, even with consent.")
            .remedy("不要公开。", "Do not publish it.")
            .build());
  }
}
