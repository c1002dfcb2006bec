package cn.mingmian.platform.setup;

import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Bilingual;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/// Kinds of place that can be prepared from a few answers. The texts are a beginning: the author
/// and the approver read them, and change what is not so at their place.
public enum StarterPlace {
  /// The gate of a residential compound: residents who ask for it may pass without a card.
  RESIDENTIAL_GATE(Zone.PROPERTY_GATE, Place.RESIDENTIAL_COMPOUND, VideoClass.NON_PUBLIC) {
    @Override
    public Terms terms(int retentionDays, String because, String ethics) {
      return new Terms(
          PurposeKind.ACCESS_CONTROL,
          Activity.OPERATION,
          new Bilingual("让自愿登记的居民不用钥匙进门", "residents who asked for it pass the gate without a key"),
          new Bilingual("双手提物或推轮椅的居民无法刷卡", "hands full or in a wheelchair, a card fails"),
          new Bilingual(
              "通行明细保存七天，不用于其他目的", "passages are kept for seven days and serve nothing else"),
          Rung.CLOSED_GROUP,
          Map.of(
              Rung.NO_FACE, "双手提物或推轮椅时无法刷卡",
              Rung.ONE_TO_ONE_CARRIED, "居民不愿另带设备",
              Rung.ONE_TO_ONE, "须先报门牌号，双手仍被占用"),
          ethics,
          Ground.CONSENT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          retentionDays,
          because,
          EnumSet.of(
              Verb.DEPLOY, Verb.PROMPT, Verb.CAPTURE, Verb.ENROL, Verb.VERIFY, Verb.IDENTIFY),
          1e-4);
    }
  };

  private final Zone zone;
  private final Place place;
  private final VideoClass videoClass;

  StarterPlace(Zone zone, Place place, VideoClass videoClass) {
    this.zone = zone;
    this.place = place;
    this.videoClass = videoClass;
  }

  Zone zone() {
    return zone;
  }

  Place place() {
    return place;
  }

  VideoClass videoClass() {
    return videoClass;
  }

  /// What the purpose of such a place usually says.
  ///
  /// @param retentionDays the most days that a template is kept
  /// @param because       why not fewer
  /// @param ethics        what was weighed beyond the law
  public abstract Terms terms(int retentionDays, String because, String ethics);
}
