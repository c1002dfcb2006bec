package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.AT_A_CHECKPOINT;
import static cn.mingmian.law.rules.Verbs.ON_A_GROUND;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Shanghai Data Regulation: a local rule, applied only where the site is known to lie in Shanghai.
final class ShanghaiData {
  static final Instrument INSTRUMENT =
      Instrument.named("SHANGHAI-DATA", "上海市数据条例", "Shanghai Data Regulation")
          .cited("《上海市数据条例》", "Shanghai Data Regulation")
          .by(
              Authority.LOCAL_REGULATION,
              "上海市人民代表大会常务委员会",
              "Standing Committee of the Shanghai Municipal People's Congress")
          .from("2022-01-01")
          .province(Province.SHANGHAI)
          .liability("依照有关法律、行政法规处理。", "Dealt with under the laws and administrative regulations.")
          .note("仅在场所位于上海市时适用。", "Only where the site lies in Shanghai.")
          .build();

  private static final Set<Place> PLACES =
      EnumSet.of(
          Place.MALL,
          Place.SHOP,
          Place.PARK,
          Place.HOTEL_LOBBY,
          Place.STADIUM,
          Place.EXHIBITION_HALL,
          Place.RESIDENTIAL_COMPOUND,
          Place.OFFICE);

  private ShanghaiData() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "22")
            .asked(ON_A_GROUND)
            .when(
                "以同意为处理依据，或者没有提出任何依据",
                "consent is the ground, or no ground is named",
                Situation::isOnConsent)
            .needs("取得了有效的单独同意", "there is a valid separate consent", Situation::isConsentGood)
            .why(
                "处理生物识别信息没有取得有效的单独同意。",
                "Biometric information is processed without a valid separate consent.")
            .remedy("单独征得同意。", "Ask for a separate consent.")
            .build(),
        Rule.of(INSTRUMENT, "23")
            .asked(of(Verb.DEPLOY))
            .when(
                "商场、公园、酒店、体育场馆、小区、写字楼等",
                "a mall, park, hotel, stadium, residential quarter or office building",
                ShanghaiData::isListed)
            .needs(
                "为维护公共安全所必需，并设置显著标识",
                "it is needed for public safety, and a conspicuous sign is in place",
                s -> s.facts().site().publicSafetyNecessity().and(s.facts().site().sign()))
            .why(
                "不是维护公共安全所必需，或者没有显著标识。",
                "Public safety does not need it, or there is no conspicuous sign.")
            .remedy(
                "记录公共安全的必要性并设置标识，否则不得安装。",
                "Record the need and put up the sign, or do not install.")
            .asked(AT_A_CHECKPOINT)
            .when(
                "商场、公园、酒店、体育场馆、小区、写字楼等",
                "a mall, park, hotel, stadium, residential quarter or office building",
                ShanghaiData::isListed)
            .needs("人脸不是出入的唯一方式", "the face is not the only way in", Situation::isAnotherWayOffered)
            .why(
                "图像采集、身份识别技术是出入该场所的唯一方式。", "Image or identification technology is the only way in.")
            .remedy("提供其他出入方式。", "Offer another way in.")
            .build());
  }

  private static Truth isListed(Situation s) {
    Place place = s.facts().site().place();
    return place == null ? Truth.UNKNOWN : Truth.of(PLACES.contains(place));
  }
}
