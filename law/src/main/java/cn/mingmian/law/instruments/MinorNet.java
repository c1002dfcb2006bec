package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import java.util.List;

/// Regulations on the Protection of Minors in Cyberspace.
final class MinorNet {
  static final Instrument INSTRUMENT =
      Instrument.named(
              "MINOR-NET", "未成年人网络保护条例", "Regulations on the Protection of Minors in Cyberspace")
          .cited("《未成年人网络保护条例》", "Minors Online Protection Regulations")
          .by(Authority.ADMINISTRATIVE_REGULATION, "国务院", "State Council")
          .from("2024-01-01")
          .liability(
              "由网信等部门责令改正、警告、没收违法所得、罚款；情节严重的责令停业整顿、吊销许可证。",
              "Correction, warning, confiscation and fines; in serious cases suspension or loss of the licence.")
          .note("未成年人是指不满十八周岁的人。", "Minors are those under eighteen.")
          .build();

  private MinorNet() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "36")
            .asked(of(Verb.ACCESS))
            .when(
                "当事人不满十八周岁，或者年龄不明",
                "the person is under eighteen or of unknown age",
                s -> Truth.of(!s.isUnder18().isNo()))
            .needs(
                "工作人员查看未成年人信息经负责人逐次批准",
                "each viewing of a minor's information is approved by the responsible person",
                s -> s.facts().access().approved())
            .why("查看未成年人的人脸信息没有经过批准。", "A minor's face information was looked at without approval.")
            .remedy("由负责人逐次审批并登记。", "Have the responsible person approve each viewing, and log it.")
            .duty(
                DutyKind.LOG_ACCESS,
                of(Verb.ACCESS),
                "当事人不满十八周岁，或者年龄不明",
                "the person is under eighteen or of unknown age",
                s -> !s.isUnder18().isNo())
            .evidence("/access/reason", "/access/role")
            .build());
  }
}
