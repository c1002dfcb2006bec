package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.platform.records.Bilingual;

/// What the ways in beside the face are called on signs, terminals and pages.
public final class WayNames {
  private WayNames() {}

  public static Bilingual of(Alternative way) {
    return switch (way) {
      case PASSWORD -> new Bilingual("密码", "Password");
      case PIN -> new Bilingual("个人密码（PIN）", "PIN");
      case ONE_TIME_CODE -> new Bilingual("一次性验证码", "One-time code");
      case CARD -> new Bilingual("刷卡", "Card");
      case QR_CODE -> new Bilingual("二维码通行证", "QR pass");
      case PASSKEY -> new Bilingual("通行密钥", "Passkey");
      case FINGERPRINT -> new Bilingual("指纹", "Fingerprint");
      case STAFF_DESK -> new Bilingual("人工服务台", "Staff desk");
    };
  }
}
