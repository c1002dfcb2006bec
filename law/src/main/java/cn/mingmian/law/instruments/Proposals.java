package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import java.util.List;

/// What scholars and commentators propose: good practice, not law.
final class Proposals {
  static final Instrument INSTRUMENT =
      Instrument.named("PROPOSAL", "学者建议与评论", "Proposals of scholars and commentators")
          .cited("学者建议", "Proposals")
          .by(Authority.PROPOSAL, "学者、评论者", "scholars and commentators")
          .pack(Pack.PROPOSALS)
          .liability("不是法律，没有法律后果。", "Not law; no legal consequence.")
          .build();

  private Proposals() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "6")
            .asked(of(Verb.DEPLOY))
            .when("在公共场所", "in a public place", Situation::isPublic)
            .needs("事前举行过听证", "a hearing was held beforehand", s -> s.facts().site().hearing())
            .why("公共场所启用之前没有举行听证。", "No hearing was held before switching on in a public place.")
            .remedy(
                "就必要性、效果和风险举行听证并记录结论。",
                "Hold a hearing on need, effect and risk, and record its outcome.")
            .build(),
        Rule.of(INSTRUMENT, "9")
            .asked(of(Verb.PROMPT))
            .needs(
                "没有预先选中人脸",
                "the face is not chosen beforehand",
                s -> s.facts().prompt().facePreselected().not())
            .why(
                "界面预先选中了人脸，选择不是当事人自己作出的。",
                "The face is preselected: the choice is not the person's own.")
            .remedy("不预选，由当事人在几种方式中自己选择。", "Preselect nothing and let the person choose.")
            .build(),
        Rule.of(INSTRUMENT, "11")
            .asked(of(Verb.DEPLOY))
            .needs(
                "处理者不在滥用者名单上",
                "the processor is not on a list of abusers",
                s -> s.facts().processor().listedAsAbuser().not())
            .why(
                "处理者在滥用者信用名单上，移出之前不得新增部署。",
                "The processor is listed as an abuser and deploys nothing new until delisted.")
            .remedy("完成整改，申请移出名单。", "Put things right and apply to be delisted.")
            .build(),
        Rule.of(INSTRUMENT, "17")
            .duty(
                DutyKind.TELL_PERSON,
                of(Verb.RETAIN),
                "依法留存证据",
                "it is held as evidence",
                s -> s.facts().person().legalHold().isYes())
            .build());
  }
}
