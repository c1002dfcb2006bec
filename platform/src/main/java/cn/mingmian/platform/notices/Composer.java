package cn.mingmian.platform.notices;

import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.places.Site;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Bilingual;
import java.util.EnumMap;
import java.util.Map;

/// Writes a notice from what is configured.
///
/// law| MEASURES-2025/5.1: name and contact; purpose, method, retention; necessity and effect;
/// rights and how to exercise them. NDSR/21: what happens after the period.
final class Composer {
  private Composer() {}

  static NoticeText compose(Operator operator, Site site, Purpose purpose) {
    Terms terms = purpose.terms();
    Map<NoticeItem, Bilingual> items = new EnumMap<>(NoticeItem.class);
    items.put(
        NoticeItem.PROCESSOR_CONTACT,
        new Bilingual(
            "个人信息处理者：%s。联系方式：%s。个人信息保护负责人：%s。"
                .formatted(operator.name(), operator.contact(), operator.privacyOfficer()),
            "Who processes: %s. Contact: %s. Responsible person: %s."
                .formatted(operator.name(), operator.contact(), operator.privacyOfficer())));
    items.put(
        NoticeItem.PURPOSE_METHOD_RETENTION,
        new Bilingual(
            "处理目的（%s）：%s。处理方式：%s。人脸模板保存期限：不超过%d天；原始图像不保存。"
                .formatted(
                    site.name(),
                    terms.statement().zh(),
                    methodZh(terms.rung()),
                    terms.retentionDays()),
            "Purpose (%s): %s. Method: %s. The face template is kept for at most %d days; images are not kept."
                .formatted(
                    site.name(),
                    terms.statement().en(),
                    methodEn(terms.rung()),
                    terms.retentionDays())));
    items.put(
        NoticeItem.NECESSITY_AND_IMPACT,
        new Bilingual(
            "处理的必要性：%s。对个人权益的影响：%s。".formatted(terms.necessity().zh(), terms.impact().zh()),
            "Why it is necessary: %s. What it means for you: %s."
                .formatted(terms.necessity().en(), terms.impact().en())));
    items.put(
        NoticeItem.RIGHTS,
        new Bilingual(
            "您可以不使用人脸，选择其他通行或验证方式；可以随时撤回同意，并查询、复制、更正、删除您的信息或要求说明。办理方式：%s，或到现场服务台；撤回不需要理由，也不需要刷脸。"
                .formatted(operator.contact()),
            "You need not use your face: another way is offered. You may withdraw your consent at any time, and see, copy, correct or delete what is held and ask for an explanation: %s, or at the staff desk. Withdrawing takes no reason and no face."
                .formatted(operator.contact())));
    items.put(
        NoticeItem.AFTER_EXPIRY,
        new Bilingual(
            "期限届满或您撤回同意后，人脸模板及其密钥将被销毁，并可向您出具可核验的删除证明。",
            "After that period, or once you withdraw, the template and its key are destroyed; you can have a certificate of it that anyone can check."));
    return new NoticeText(items);
  }

  private static String methodZh(Rung rung) {
    return switch (rung) {
      case NO_FACE -> "不使用人脸";
      case ONE_TO_ONE_CARRIED -> "与您自己携带的模板比对（1:1），本系统不保存模板";
      case ONE_TO_ONE -> "与您本人的模板比对（1:1）";
      case CLOSED_GROUP -> "在自愿登记的人员中比对（1:N）";
      case OPEN_GROUP -> "在更大范围人员中比对（1:N）";
      case ANALYSIS -> "分析";
    };
  }

  private static String methodEn(Rung rung) {
    return switch (rung) {
      case NO_FACE -> "no face is used";
      case ONE_TO_ONE_CARRIED ->
          "your face is compared with a template that you carry (1:1); none is kept here";
      case ONE_TO_ONE -> "your face is compared with your own template (1:1)";
      case CLOSED_GROUP -> "your face is searched among those who asked for it (1:N)";
      case OPEN_GROUP -> "your face is searched among a wider group (1:N)";
      case ANALYSIS -> "analysis";
    };
  }
}
