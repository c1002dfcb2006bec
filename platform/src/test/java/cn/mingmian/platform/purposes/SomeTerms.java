package cn.mingmian.platform.purposes;

import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.records.Bilingual;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/// A residential gate's purpose, for tests.
public final class SomeTerms {
  private SomeTerms() {}

  public static Terms gate(Rung rung) {
    Map<Rung, String> why = new EnumMap<>(Rung.class);
    for (Rung r : Rung.values()) {
      if (r.compareTo(rung) < 0) why.put(r, "does not serve people with both hands full");
    }
    return gate(rung, why);
  }

  static Terms gate(Rung rung, Map<Rung, String> why) {
    return terms(rung, why, Optional.empty(), 365);
  }

  static Terms writtenBy(Norm norm) {
    return terms(gate(Rung.ONE_TO_ONE).rung(), Map.of(), Optional.of(norm), 365);
  }

  public static Terms keptFor(int days) {
    Terms gate = gate(Rung.CLOSED_GROUP);
    return terms(gate.rung(), gate.whyLesserFail(), Optional.empty(), days);
  }

  private static Terms terms(Rung rung, Map<Rung, String> why, Optional<Norm> written, int days) {
    return new Terms(
        PurposeKind.ACCESS_CONTROL,
        Activity.OPERATION,
        new Bilingual("让居民不用钥匙通过南门", "residents pass the south gate without a key"),
        new Bilingual("双手提物或推轮椅的居民无法刷卡", "hands full or in a wheelchair, a card fails"),
        new Bilingual("通行记录保存七天", "passages are kept for seven days"),
        rung,
        why,
        "weighed with the residents' committee",
        Ground.CONSENT,
        Optional.empty(),
        Optional.empty(),
        written,
        days,
        "leases run for a year",
        EnumSet.of(Verb.ENROL, Verb.VERIFY, Verb.IDENTIFY, Verb.CAPTURE, Verb.DEPLOY),
        1e-4);
  }
}
