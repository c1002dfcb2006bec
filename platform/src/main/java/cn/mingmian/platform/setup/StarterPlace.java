package cn.mingmian.platform.setup;

import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Bilingual;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Kinds of place that can be prepared from a few answers. The texts are a beginning: the author
/// and the approver read them, and change what is not so at their place.
public enum StarterPlace {
  /// The gate of a residential compound: residents who ask for it may pass without a card.
  RESIDENTIAL_GATE(
      Zone.PROPERTY_GATE,
      Place.RESIDENTIAL_COMPOUND,
      ProcessorKind.PROPERTY_MANAGER,
      new Bilingual("小区门口", "Residential gate"),
      new Words(
          PurposeKind.ACCESS_CONTROL,
          new Bilingual("让自愿登记的居民不用钥匙进门", "residents who asked for it pass the gate without a key"),
          new Bilingual("双手提物或推轮椅的居民无法刷卡", "hands full or in a wheelchair, a card fails"),
          new Bilingual(
              "通行明细保存七天，不用于其他目的", "passages are kept for seven days and serve nothing else"),
          Map.of(
              Rung.NO_FACE, "双手提物或推轮椅时无法刷卡",
              Rung.ONE_TO_ONE_CARRIED, "居民不愿另带设备",
              Rung.ONE_TO_ONE, "须先报门牌号，双手仍被占用")),
      365,
      "租约以一年为期"),

  /// The desk of a hotel: guests who ask for it are recognised again during their stay.
  HOTEL_DESK(
      Zone.BUSINESS,
      Place.HOTEL_LOBBY,
      ProcessorKind.COMPANY,
      new Bilingual("酒店前台", "Hotel desk"),
      new Words(
          PurposeKind.IDENTITY_VERIFICATION,
          new Bilingual(
              "住店期间，为自愿登记的客人在前台补办房卡时核对本人",
              "during their stay, check at the desk that a guest who asked for it is who wants a new room key"),
          new Bilingual(
              "客人遗失房卡和证件时，前台难以核对是不是本人",
              "a guest who lost key and papers can hardly prove at the desk to be the guest"),
          new Bilingual("只在住店期间保存，离店即删除", "kept during the stay only, erased at check-out"),
          Map.of(
              Rung.NO_FACE, "房卡和证件都遗失时没有别的凭据",
              Rung.ONE_TO_ONE_CARRIED, "遗失的正是客人随身携带的东西")),
      30,
      "不长于一次住店的时间"),

  /// The counter of a bank: a customer who asks for it is checked one to one.
  BANK_COUNTER(
      Zone.BUSINESS,
      Place.BANK,
      ProcessorKind.COMPANY,
      new Bilingual("银行柜台", "Bank counter"),
      new Words(
          PurposeKind.IDENTITY_VERIFICATION,
          new Bilingual(
              "为自愿登记的客户在柜台办理大额业务时核对本人",
              "check at the counter that a customer who asked for it is who makes a large transaction"),
          new Bilingual(
              "冒用证件的柜台诈骗凭密码和证件难以识破",
              "fraud with another person's papers is hardly seen through by password and papers"),
          new Bilingual("一对一核对，不在人群中搜索", "one to one, nobody is searched for"),
          Map.of(
              Rung.NO_FACE, "证件和密码可能同时被他人冒用",
              Rung.ONE_TO_ONE_CARRIED, "随身携带的凭据可能与证件一同被盗")),
      365,
      "协议一年一签，届满重新征求同意"),

  /// The entrance of an office: staff who ask for it pass without a card.
  OFFICE_ENTRANCE(
      Zone.INTERNAL,
      Place.OFFICE,
      ProcessorKind.EMPLOYER,
      new Bilingual("办公室入口", "Office entrance"),
      new Words(
          PurposeKind.ACCESS_CONTROL,
          new Bilingual("让自愿登记的员工不用门卡进入办公区", "staff who asked for it enter without a card"),
          new Bilingual(
              "搬运设备或行动不便的员工难以腾手刷卡",
              "who carries equipment or moves with difficulty has no hand for a card"),
          new Bilingual(
              "不用于考勤、不用于评价员工；随时可改用门卡",
              "serves neither attendance nor appraisal; a card is always as good"),
          Map.of(
              Rung.NO_FACE, "双手被占用时无法刷卡",
              Rung.ONE_TO_ONE_CARRIED, "仍须腾手取出随身设备",
              Rung.ONE_TO_ONE, "仍须腾手输入工号")),
      180,
      "每半年重新确认一次在职和意愿"),

  /// The staff entrance of a school; pupils are not part of it.
  SCHOOL_STAFF_GATE(
      Zone.INTERNAL,
      Place.SCHOOL,
      ProcessorKind.SCHOOL,
      new Bilingual("学校教职工入口", "School, staff entrance"),
      new Words(
          PurposeKind.ACCESS_CONTROL,
          new Bilingual(
              "让自愿登记的成年教职工从教职工入口进校，不包括学生",
              "grown-up staff who asked for it enter by the staff entrance; no pupils"),
          new Bilingual("门卡转借和遗失使校外人员混入校园", "lent and lost cards let outsiders onto the grounds"),
          new Bilingual("不采集学生；不用于考勤", "no pupil is captured; it serves no attendance"),
          Map.of(
              Rung.NO_FACE, "门卡可转借，无法核对是不是本人",
              Rung.ONE_TO_ONE_CARRIED, "与门卡一样可能遗失")),
      180,
      "以一个学期为期"),

  /// The turnstile of a gym: members who ask for it are checked against their number.
  GYM_TURNSTILE(
      Zone.BUSINESS,
      Place.GYM,
      ProcessorKind.COMPANY,
      new Bilingual("健身房闸机", "Gym turnstile"),
      new Words(
          PurposeKind.ACCESS_CONTROL,
          new Bilingual(
              "让自愿登记的会员输入会员号后不带卡入场",
              "members who asked for it enter by their number, without a card"),
          new Bilingual(
              "运动时不便携带卡和手机，会员卡常被转借",
              "cards and phones are left behind at sport, and cards are lent"),
          new Bilingual(
              "只在入口一处，更衣室和浴室绝不设置", "at the entrance alone, never in changing rooms or baths"),
          Map.of(
              Rung.NO_FACE, "运动时不便携带卡，会员号可被转借",
              Rung.ONE_TO_ONE_CARRIED, "运动时不便携带设备")),
      365,
      "会员期以一年为限"),

  /// The lending desk of a library: readers who ask for it borrow without their card.
  LIBRARY_DESK(
      Zone.BUSINESS,
      Place.LIBRARY,
      ProcessorKind.COMPANY,
      new Bilingual("图书馆借阅台", "Library desk"),
      new Words(
          PurposeKind.IDENTITY_VERIFICATION,
          new Bilingual(
              "让自愿登记的读者忘带读者证时在借阅台借书",
              "readers who asked for it borrow at the desk when the card was left at home"),
          new Bilingual("忘带读者证的读者凭口述无法核对本人", "without the card a spoken name proves nothing"),
          new Bilingual("只核对一人，不记录读了什么", "one to one, and nothing of what was read"),
          Map.of(
              Rung.NO_FACE, "没有读者证时口述无法核对",
              Rung.ONE_TO_ONE_CARRIED, "忘带的正是随身凭据")),
      180,
      "读者资格半年复核一次"),

  /// A side gate of a station: holders of a season ticket who ask for it.
  STATION_SIDE_GATE(
      Zone.BUSINESS,
      Place.STATION,
      ProcessorKind.COMPANY,
      new Bilingual("车站侧门", "Station side gate"),
      new Words(
          PurposeKind.ACCESS_CONTROL,
          new Bilingual(
              "让自愿登记的月票乘客从侧门核对后进站",
              "holders of a season ticket who asked for it enter by the side gate"),
          new Bilingual(
              "实名月票须核对是不是本人，推婴儿车者难以腾手",
              "a ticket in a name needs its holder, and who pushes a pram has no free hand"),
          new Bilingual("只在侧门，其余闸机不设置；行程不留存", "at the side gate alone; no journey is kept"),
          Map.of(
              Rung.NO_FACE, "实名月票须当场核对本人",
              Rung.ONE_TO_ONE_CARRIED, "推婴儿车或提行李时难以取出")),
      30,
      "不长于月票的有效期");

  private final Zone zone;
  private final Place place;
  private final ProcessorKind processor;
  private final Bilingual title;
  private final Words words;
  private final int usualDays;
  private final String usualReason;

  /// What the purpose of such a place usually says. The means follow from it: the one above the
  /// last that has a reason why it fails.
  private record Words(
      PurposeKind kind,
      Bilingual statement,
      Bilingual necessity,
      Bilingual impact,
      Map<Rung, String> whyLesserFail) {
    Rung rung() {
      return whyLesserFail.containsKey(Rung.ONE_TO_ONE) ? Rung.CLOSED_GROUP : Rung.ONE_TO_ONE;
    }
  }

  StarterPlace(
      Zone zone,
      Place place,
      ProcessorKind processor,
      Bilingual title,
      Words words,
      int usualDays,
      String usualReason) {
    this.zone = zone;
    this.place = place;
    this.processor = processor;
    this.title = title;
    this.words = words;
    this.usualDays = usualDays;
    this.usualReason = usualReason;
  }

  Zone zone() {
    return zone;
  }

  Place place() {
    return place;
  }

  /// A device that one person walks up to is no video system of a public place.
  VideoClass videoClass() {
    return VideoClass.NON_PUBLIC;
  }

  public Bilingual title() {
    return title;
  }

  /// Who usually runs such a place.
  public ProcessorKind processor() {
    return processor;
  }

  /// For how many days a template is usually kept there, at most.
  public int usualDays() {
    return usualDays;
  }

  /// Why not fewer.
  public String usualReason() {
    return usualReason;
  }

  /// What the purpose of such a place usually says.
  ///
  /// @param retentionDays the most days that a template is kept
  /// @param because       why not fewer
  /// @param ethics        what was weighed beyond the law
  public Terms terms(int retentionDays, String because, String ethics) {
    Set<Verb> verbs = EnumSet.of(Verb.DEPLOY, Verb.PROMPT, Verb.CAPTURE, Verb.ENROL, Verb.VERIFY);
    if (words.rung() == Rung.CLOSED_GROUP) verbs.add(Verb.IDENTIFY);
    return new Terms(
        words.kind(),
        Activity.OPERATION,
        words.statement(),
        words.necessity(),
        words.impact(),
        words.rung(),
        words.whyLesserFail(),
        ethics,
        Ground.CONSENT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        retentionDays,
        because,
        verbs,
        1e-4);
  }

  /// A draft of the assessment: what is so at every such place, and what its author has to say.
  /// What stands in 【】 only the author knows.
  public Map<Section, String> assessmentDraft() {
    Map<Section, String> draft = new EnumMap<>(Section.class);
    draft.put(
        Section.LAWFUL_PURPOSE,
        "目的：%s。必要性：%s。法律依据：个人单独同意，可随时撤回（办法第六条）。更轻的方式为何不够：%s。"
            .formatted(
                words.statement().zh(),
                words.necessity().zh(),
                String.join("；", words.whyLesserFail().values())));
    draft.put(
        Section.RIGHTS_IMPACT,
        "对个人的影响：%s。不愿使用人脸的人使用其他方式，价格、时间、距离相同（办法第十条）。可能受影响的特殊人群：【老年人、残疾人、未成年人，怎样照顾】。"
            .formatted(words.impact().zh()));
    draft.put(Section.LEAK_RISK, "风险：模板泄露、被用于其他目的、内部人员越权查看。可能性：【低/中/高】；后果：【低/中/高】。采取措施后的剩余风险：【】。");
    draft.put(
        Section.MEASURES,
        "不保存照片，只保存加密且可撤销的模板；每个人脸库一把密钥，删除即销毁；每次处理前依法判定并留痕；数据不离开本机；五类安全措施每日自检。补充措施：【】。");
    draft.put(
        Section.STANDARDS_AND_ETHICS, "对照 GB/T 41819、GB/T 35273 及伦理要求：【与哪些相关方讨论过，意见怎样，怎样采纳】。");
    draft.put(Section.ACCURACY_AND_DISTANCE, "误识率上限万分之一；只识别走到设备前、画定区域内的人；距离与身份标注：【现场测得的距离、误拒情况】。");
    return draft;
  }
}
