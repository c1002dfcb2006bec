package cn.mingmian.law.instruments;

import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/// The door of the statute book: every instrument and every rule, in no particular order.
public final class Instruments {
  private Instruments() {}

  public static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(Pipl.rules());
    rules.addAll(Ndsr.rules());
    rules.addAll(VideoReg.rules());
    rules.addAll(MinorNet.rules());
    rules.addAll(Spc2021.rules());
    rules.addAll(ShanghaiData.rules());
    rules.addAll(Measures2025.rules());
    rules.addAll(GbtStandards.rules());
    rules.addAll(Draft2023.rules());
    rules.addAll(Proposals.rules());
    return List.copyOf(rules);
  }

  /// All instruments, those without a rule of their own too.
  public static List<Instrument> all() {
    List<Instrument> all = new ArrayList<>();
    rules().stream().map(Rule::instrument).distinct().forEach(all::add);
    all.addAll(Background.instruments());
    return List.copyOf(all);
  }
}
