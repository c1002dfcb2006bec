package cn.mingmian.law.lint;

import cn.mingmian.law.deadlines.Bilingual;
import java.util.List;

/// What can be wrong with a text that asks for a face: the provisions it breaks, why, and what to
/// write instead.
public enum Kind {
  // law| SPC-2021/11: terms for unlimited, irrevocable, freely sub-licensable rights in face
  // information are void.
  UNLIMITED_TIME(
      rules("SPC-2021/11", "MEASURES-2025/8.2", "PIPL/19"),
      "人脸信息的保存和使用不能没有期限：这样的格式条款无效，保存期限也不得超过实现目的所必需的最短时间。",
      "face information may not be kept or used without an end: such a term is void, and the period may not exceed the shortest the purpose needs.",
      "写明期限和期满后的处理，例如：“保存至您搬离之日，之后立即删除”。",
      "name the period and what follows it, such as: \"kept until you move out, then deleted at once\"."),
  IRREVOCABLE(
      rules("SPC-2021/11", "MEASURES-2025/6.3", "PIPL/15"),
      "同意随时可以撤回：不可撤销的人脸授权无效，也不得让撤回取决于经营者的批准。",
      "consent can always be withdrawn: an irrevocable licence to a face is void, and withdrawal may not depend on anyone's approval.",
      "例如：“您可以随时在同一页面撤回同意，撤回后我们立即停止使用并删除您的人脸信息”。",
      "such as: \"you can withdraw on this page at any time; we then stop at once and delete your face information\"."),
  SUBLICENSABLE(
      rules("SPC-2021/11", "PIPL/23", "SPC-2021/2.6"),
      "人脸信息不能任意转授权：向他人提供须告知接收方并取得单独同意。",
      "face information may not be passed on at will: whoever is given it must be named, and consented to separately.",
      "例如：“我们不向他人提供您的人脸信息；确需提供的，会告知接收方的名称、目的和方式，并另行取得您的单独同意”。",
      "such as: \"we give your face information to nobody; should we need to, we will name the receiver, purpose and method and ask for your separate consent\"."),
  BUNDLED(
      rules("SPC-2021/4.2", "MEASURES-2025/6.1", "PIPL/29"),
      "人脸信息须单独同意：与协议、章程或者其他授权捆绑取得的同意无效。",
      "a face needs its own consent: one that is tied to an agreement or other permissions does not count.",
      "把人脸同意放在单独的页面，由本人单独勾选；只同意协议、不同意人脸的，同样可以继续。",
      "give the face its own page and its own unticked box; whoever accepts the agreement alone can go on."),
  NO_CONSENT_NO_SERVICE(
      rules("SPC-2021/4.1", "PIPL/16", "MEASURES-2025/10.1"),
      "不得以同意处理人脸信息作为提供产品或者服务的条件，人脸识别也不得作为唯一验证方式。",
      "a service may not depend on consent to the face, and the face may not be the only way to prove who one is.",
      "例如：“不同意的，可以刷卡、使用密码或者由人工办理，费用和时间相同”。",
      "such as: \"if you do not agree, use a card, a password or the staff desk, at the same price and in the same time\"."),
  IMPLIED_CONSENT(
      rules("MEASURES-2025/6.1", "PIPL/14"),
      "同意须由本人在知情后自愿、明确作出：进入、经过、沉默或者继续使用都不是同意。",
      "consent is an informed, voluntary and explicit act: entering, passing, silence or going on is none.",
      "删去推定，请本人主动点选“同意”或者“不同意”；未作选择的按不同意处理。",
      "drop the presumption: let the person choose to agree or not; no answer means no."),
  RISK_TRANSFER(
      rules("PIPL/69", "SPC-2021/2.5"),
      "人脸信息泄露、被滥用或者识别错误的责任在处理者：不能证明自己没有过错的，应当承担责任，不能用格式条款转嫁。",
      "whoever processes faces answers for leaks, abuse and wrong matches unless it proves that it is not at fault; terms cannot shift this to the person.",
      "例如：“因我们处理人脸信息造成损害的，我们依法承担责任”。",
      "such as: \"if our handling of face information does you harm, we are liable as the law provides\"."),
  COVERT_ANALYTICS(
      rules("SPC-2021/2.1", "GBT-41819/b", "DRAFT-2023/11"),
      "不得借摄像头无感采集人脸，或者据以推断年龄、性别、情绪、偏好、健康等特征。",
      "faces may not be taken unnoticed, nor used to infer age, sex, mood, preference, health and the like.",
      "删去；确需分析的，逐项说明目的并取得单独同意，且不得推断工作表现、健康、偏好。",
      "drop it; where analysis is truly needed, state each purpose and obtain a separate consent, and never infer performance, health or preference."),
  BINDING(
      rules("PROPOSAL/25", "GBT-35273/6.3", "GBT-41819/e"),
      "人脸不应与住址、证件号码绑定或者存放在一起：生物识别信息应当与身份信息分开存储。",
      "a face should not be tied to, or stored with, an address or an identity number: biometrics are kept apart from identity.",
      "例如：“人脸模板以随机编号单独存储，与住址、证件号码分开”。",
      "such as: \"templates are stored apart under a random number, away from addresses and identity numbers\"."),
  VAGUE_PURPOSE(
      rules("MEASURES-2025/4.1", "PIPL/28", "SPC-2021/2.2"),
      "处理人脸信息须有特定的目的：“任何用途”“等目的”不是特定目的。",
      "a face needs a specific purpose: \"any use\" or \"purposes such as\" is none.",
      "逐项写明目的，例如：“仅用于核验您本人进入三号楼”。",
      "name each purpose, such as: \"only to check that it is you who enters building 3\"."),
  UPLOADED(
      rules("MEASURES-2025/8.1"),
      "人脸信息应当存储在人脸识别设备内，不得通过互联网对外传输，除非法律、行政法规另有规定或者取得单独同意。",
      "face information stays inside the device and does not leave over the internet, unless a law says otherwise or the person agrees separately.",
      "例如：“人脸信息只保存在门禁设备内”；确需传输的，写明接收方并另行取得单独同意。",
      "such as: \"face information stays in the door device\"; where it must leave, name the receiver and ask for a separate consent."),
  COERCED(
      rules("SPC-2021/4.3", "MEASURES-2025/12"),
      "不得强迫或者变相强迫个人同意人脸识别：不得以处罚、通报、考核相要挟。",
      "nobody may be forced, openly or not, into face recognition: no penalty, naming or grading for refusing.",
      "例如：“是否录入人脸由您自愿决定，不录入没有任何不利后果”。",
      "such as: \"you decide freely; not enrolling has no disadvantage\"."),
  NO_DELETION(
      rules("SPC-2021/12", "PIPL/47", "MEASURES-2025/8.2"),
      "处理目的已实现、期限届满或者撤回同意的，应当主动删除；合同没有约定的，个人同样可以要求删除。",
      "once the purpose is met, the period over or consent withdrawn, the face is deleted unasked; a person may demand it even where the contract is silent.",
      "例如：“您可以随时要求删除，我们在收到请求后立即办理并告知结果”。",
      "such as: \"you can demand deletion at any time; we do it at once and tell you\"."),
  CHILD_PRESUMED(
      rules("MEASURES-2025/7.1", "PIPL/31"),
      "不满十四周岁的，须由父母或者其他监护人实际作出同意，不得推定。",
      "for a child under fourteen a parent or other guardian must really consent; it cannot be presumed.",
      "例如：“请监护人本人核验身份后单独作出同意；未取得同意的，不采集”。",
      "such as: \"the guardian identifies and consents in person; without that, nothing is taken\"."),
  // law| MEASURES-2025/12: nobody may mislead, defraud or coerce people into face verification,
  // for whatever business or better service.
  MISLEADING(
      rules("MEASURES-2025/12"),
      "不得误导、欺诈个人接受人脸识别：不能谎称国家要求、唯一方式或者绝对安全。",
      "nobody may be misled into face recognition: no claim that the state demands it, that it is the only way or perfectly safe.",
      "如实说明：“人脸识别可选，也可以刷卡或者使用密码”。",
      "tell it as it is: \"face recognition is optional; a card or a password works too\"."),
  PRESSURE(
      rules("MEASURES-2025/12", "SPC-2021/4.3"),
      "拒绝的选项不得带有指责、恐吓或者羞辱，这会变相强迫个人同意。",
      "the way to refuse may not blame, frighten or shame; that coerces in disguise.",
      "用中性的词：“不使用人脸识别”。",
      "use plain words: \"without face recognition\"."),
  URGENT(
      rules("MEASURES-2025/12"),
      "不得用限时、倒计时、即将停用等紧迫说法催促个人接受人脸识别。",
      "no time limit, countdown or threat of switching off may hurry people into face recognition.",
      "删去时限，说明原有方式继续可用。",
      "drop the limit; say that the other ways stay."),
  FACE_PRESELECTED(
      rules("PROPOSAL/9", "MEASURES-2025/12"),
      "验证方式应由本人选择，不得预先选中人脸。",
      "the person chooses the way; the face may not be chosen in advance.",
      "各种方式都不预选，由本人点选。",
      "select no way in advance."),
  PRETICKED_CONSENT(
      rules("MEASURES-2025/6.1", "PIPL/14"),
      "预先勾选的同意不是本人作出的同意。",
      "a box ticked in advance is not the person's own consent.",
      "默认不勾选。",
      "leave the box empty."),
  DEARER_WITHOUT_FACE(
      rules("MEASURES-2025/12", "MEASURES-2025/10.2"),
      "不得用价格差别诱使个人接受人脸识别：其他方式应当同价。",
      "no difference in price may draw people to the face: other ways cost the same.",
      "例如：“各种方式价格相同”。",
      "such as: \"the price is the same whichever way you choose\"."),
  WORSE_WITHOUT_FACE(
      rules("MEASURES-2025/10.2"),
      "不同意人脸识别的，应当提供其他合理、便捷的方式：不得靠排长队、另行审批、限定时段使其难以使用。",
      "whoever does not agree is due another reasonable and convenient way: not queues, approvals or office hours that make it hard.",
      "在同一地点、同一时段提供同样方便的其他方式。",
      "offer the other way at the same place, at the same hours and as easily."),
  UNEQUAL_BUTTONS(
      rules("MEASURES-2025/12"),
      "同意与拒绝的选项应当同样醒目：突出同意、弱化拒绝构成误导。",
      "agreeing and refusing must be equally visible: a strong yes beside a faint no misleads.",
      "两个选项使用相同的大小、颜色和位置层级。",
      "give both choices the same size, colour and rank."),
  NO_OTHER_CHOICE(
      rules("MEASURES-2025/10.1", "MEASURES-2025/12"),
      "屏幕上只有人脸一条路：应当同时给出拒绝或者其他方式的选项。",
      "the screen leaves only the face: it must also offer another way or a refusal.",
      "增加同样醒目的选项，例如：“使用密码”“刷卡”“人工办理”。",
      "add an equal choice, such as \"use a password\", \"use a card\", \"staff desk\".");

  private final List<String> rules;
  private final Bilingual why;
  private final Bilingual better;

  Kind(List<String> rules, String whyZh, String whyEn, String betterZh, String betterEn) {
    this.rules = rules;
    this.why = new Bilingual(whyZh, whyEn);
    this.better = new Bilingual(betterZh, betterEn);
  }

  /// The provisions it breaks, hardest first; never empty.
  public List<String> rules() {
    return rules;
  }

  public Bilingual why() {
    return why;
  }

  public Bilingual better() {
    return better;
  }

  private static List<String> rules(String... rules) {
    return List.of(rules);
  }
}
