package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.records.Bilingual;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes what a checkpoint says before anybody chooses: the purpose in the words that were
/// approved, then every way that is open now, the face last and none chosen, in the notation of the
/// prompt linter.
///
/// law| MEASURES-2025/12: nobody is misled or pressed into using the face. The words of the purpose
/// are the operator's, so the whole is linted whenever it is relied on.
final class PromptWords {
  private PromptWords() {}

  static Bilingual compose(Purpose purpose, Set<Alternative> ways) {
    return new Bilingual(
        "用途：%s。\n请选择方式：\n%s( ) 刷脸\n"
            .formatted(
                purpose.terms().statement().zh(),
                ways.stream()
                    .sorted()
                    .map(way -> "( ) " + zh(way) + "\n")
                    .collect(Collectors.joining())),
        "What for: %s.\nPlease choose a way:\n%s( ) face\n"
            .formatted(
                purpose.terms().statement().en(),
                ways.stream()
                    .sorted()
                    .map(way -> "( ) " + en(way) + "\n")
                    .collect(Collectors.joining())));
  }

  private static String zh(Alternative way) {
    return switch (way) {
      case PASSWORD -> "密码";
      case PIN -> "数字密码";
      case ONE_TIME_CODE -> "短信验证码";
      case CARD -> "刷卡";
      case QR_CODE -> "扫描二维码";
      case PASSKEY -> "手机通行密钥";
      case FINGERPRINT -> "指纹";
      case STAFF_DESK -> "人工服务台";
    };
  }

  private static String en(Alternative way) {
    return switch (way) {
      case PASSWORD -> "password";
      case PIN -> "PIN";
      case ONE_TIME_CODE -> "one-time code";
      case CARD -> "card";
      case QR_CODE -> "QR code";
      case PASSKEY -> "passkey on your phone";
      case FINGERPRINT -> "fingerprint";
      case STAFF_DESK -> "staff desk";
    };
  }
}
