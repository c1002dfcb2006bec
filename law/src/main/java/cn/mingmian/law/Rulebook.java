package cn.mingmian.law;

import cn.mingmian.law.Finding.Reason;
import cn.mingmian.law.Finding.Result;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.instruments.Instruments;
import cn.mingmian.law.rules.DueBy;
import cn.mingmian.law.rules.DutyRule;
import cn.mingmian.law.rules.DutyRule.With;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Requirement;
import cn.mingmian.law.rules.Requirement.Standing;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import cn.mingmian.law.rules.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every rule, and the answer to: may this be done with a face, by which article, and what follows?
///
/// All rules that bind are asked, never only the first that refuses; a refusal outranks a permit.
/// Immutable and thread-safe.
public final class Rulebook {
  private static final int VERBS = Verb.values().length;
  private static final int PACK_SETS = 1 << Pack.values().length;

  private final List<Rule> rules;
  private final List<Instrument> instruments;
  private final Map<String, Rule> byId;
  private final String version;

  /// Per verb and set of packs: what is asked there, hardest law first.
  private final Asked[][] asked = new Asked[VERBS * PACK_SETS][];

  private Rulebook(Collection<Rule> rules, Collection<Instrument> instruments) {
    this.rules = rules.stream().sorted(HARDEST_FIRST).toList();
    this.instruments =
        Stream.concat(instruments.stream(), rules.stream().map(Rule::instrument))
            .distinct()
            .sorted(Comparator.comparing(Instrument::authority).thenComparing(Instrument::id))
            .toList();
    Map<String, Rule> ids = new LinkedHashMap<>();
    for (Rule rule : this.rules) {
      if (ids.put(rule.id(), rule) != null) {
        throw new IllegalArgumentException("two rules are called `%s`".formatted(rule.id()));
      }
    }
    byId = Map.copyOf(ids);
    version = RulebookVersion.of(this.rules);
    for (Verb verb : Verb.values()) {
      List<Asked> atVerb =
          this.rules.stream().map(rule -> Asked.at(verb, rule)).flatMap(Optional::stream).toList();
      for (int packs = 0; packs < PACK_SETS; packs++) {
        int on = packs;
        asked[verb.ordinal() * PACK_SETS + packs] =
            atVerb.stream().filter(a -> a.isIn(on)).toArray(Asked[]::new);
      }
    }
  }

  /// The rulebook of this program.
  public static Rulebook standard() {
    return Standard.BOOK;
  }

  /// A rulebook of other rules, such as local ones beside the standard.
  ///
  /// @throws IllegalArgumentException if two rules have the same id
  public static Rulebook of(Collection<Rule> rules, Collection<Instrument> instruments) {
    return new Rulebook(rules, instruments);
  }

  /// The hash of every rule's words and of its answers to fixed situations: it changes when a rule
  /// does. 64 hexadecimal digits.
  public String version() {
    return version;
  }

  /// Every rule, hardest law first.
  public List<Rule> rules() {
    return rules;
  }

  /// Every instrument, those without a rule of their own too.
  public List<Instrument> instruments() {
    return instruments;
  }

  public Optional<Rule> rule(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The law in force on the Shanghai day of `instant`, with the standards; never draft or
  /// proposals, which never were.
  public List<Rule> at(Instant instant) {
    LocalDate day = instant.atZone(Situation.SHANGHAI).toLocalDate();
    return rules.stream().filter(rule -> rule.instrument().inForceOn(day)).toList();
  }

  /// Rules that are written but not in force yet on that day.
  public List<Rule> notYetInForce(Instant instant) {
    LocalDate day = instant.atZone(Situation.SHANGHAI).toLocalDate();
    return rules.stream()
        .filter(rule -> rule.instrument().inForceFrom().filter(day::isBefore).isPresent())
        .toList();
  }

  /// When instruments came and come into force, earliest first.
  public List<Instrument> timeline() {
    return instruments.stream()
        .filter(instrument -> instrument.from() != null)
        .sorted(
            Comparator.comparing((Instrument i) -> i.inForceFrom().orElseThrow())
                .thenComparing(Instrument::authority)
                .thenComparing(Instrument::id))
        .toList();
  }

  /// What is to be shown to a reader before the text of a rule: whether it is law.
  public static Text standing(Rule rule, LocalDate day) {
    Instrument instrument = rule.instrument();
    Text words = instrument.authority().words();
    if (!instrument.authority().isLaw()) return words;
    return instrument.inForceOn(day)
        ? new Text(words.zh() + "，现行有效", words.en() + ", in force")
        : new Text(words.zh() + "，当时未生效", words.en() + ", not in force then");
  }

  /// Whether, and which rules say no. Same outcome as [#decide], without the words.
  public Verdict verdict(Facts facts) {
    Situation situation = Situation.of(facts);
    List<String> violated = null;
    boolean duties = false;
    for (Asked question : questions(facts)) {
      if (!question.binds(situation)) continue;
      if (question.isViolated(situation)) {
        if (violated == null) violated = new ArrayList<>();
        violated.add(question.rule.id());
      } else if (violated == null && !duties) {
        duties = question.hasDuty(situation);
      }
    }
    if (violated != null) return new Verdict(Outcome.REFUSE, violated);
    return duties ? PERMIT_WITH_DUTIES : PERMIT;
  }

  /// The full answer, with every finding and every duty.
  public Decision decide(Facts facts) {
    Situation situation = Situation.of(facts);
    Asked[] questions = questions(facts);
    int[] standings = new int[questions.length];
    boolean refused = false;
    for (int i = 0; i < questions.length; i++) {
      standings[i] =
          questions[i].binds(situation) ? questions[i].standing(situation) : Asked.NOT_ASKED;
      refused |= questions[i].isViolated(standings[i]);
    }
    List<Finding> violated = new ArrayList<>();
    List<Finding> withDuty = new ArrayList<>();
    List<Finding> satisfied = new ArrayList<>();
    List<Duty> duties = new ArrayList<>();
    for (int i = 0; i < questions.length; i++) {
      if (standings[i] == Asked.NOT_ASKED) continue;
      Asked question = questions[i];
      int before = duties.size();
      question.addDuties(situation, refused, duties);
      if (question.isViolated(standings[i])) {
        violated.add(question.violation(standings[i]));
      } else if (duties.size() > before) {
        withDuty.add(question.duty);
      } else if (standings[i] == Asked.MET) {
        satisfied.add(question.satisfied);
      }
    }
    Outcome outcome =
        refused ? Outcome.REFUSE : duties.isEmpty() ? Outcome.PERMIT : Outcome.PERMIT_WITH_DUTIES;
    List<Finding> findings = violated;
    findings.addAll(withDuty);
    findings.addAll(satisfied);
    return new Decision(facts, outcome, findings, duties, version);
  }

  private Asked[] questions(Facts facts) {
    int packs = 0;
    for (Pack pack : facts.packs()) packs |= 1 << pack.ordinal();
    return asked[facts.operation().verb().ordinal() * PACK_SETS + packs];
  }

  private static final Verdict PERMIT = new Verdict(Outcome.PERMIT, List.of());
  private static final Verdict PERMIT_WITH_DUTIES =
      new Verdict(Outcome.PERMIT_WITH_DUTIES, List.of());

  private static final Comparator<Rule> HARDEST_FIRST =
      Comparator.comparing((Rule rule) -> rule.instrument().authority())
          .thenComparing(rule -> rule.instrument().id())
          .thenComparing(Rule::article, Rulebook::compareArticles);

  /// 2.6 before 10.1 before a letter.
  private static int compareArticles(String one, String other) {
    String[] a = one.split("[.]");
    String[] b = other.split("[.]");
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      boolean numbers = a[i].matches("[0-9]+") && b[i].matches("[0-9]+");
      int order =
          numbers
              ? Integer.compare(Integer.parseInt(a[i]), Integer.parseInt(b[i]))
              : a[i].compareTo(b[i]);
      if (order != 0) return order;
    }
    return Integer.compare(a.length, b.length);
  }

  /// Made at first use, once.
  private static final class Standard {
    static final Rulebook BOOK = new Rulebook(Instruments.rules(), Instruments.all());
  }

  /// One rule at one verb, with its findings ready.
  private static final class Asked {
    /// Standings of a rule as a number: two bits for each requirement asked, zero for what is met.
    static final int MET = 0;

    static final int NOT_ASKED = -1;

    /// Nothing was required, so nothing is met; a duty may still arise.
    static final int NOTHING_REQUIRED = -2;

    final Rule rule;
    final Finding satisfied;
    final Finding duty;
    private final Requirement[] requirements;
    private final DutyRule[] duties;
    private final long from;
    private final long to;
    private final int pack;
    private final @Nullable Province province;
    private final boolean bindsHouseholds;
    private final Predicate<Facts> reach;
    private final AtomicReferenceArray<@Nullable Finding> violations;

    private Asked(Rule rule, List<Requirement> requirements, List<DutyRule> duties) {
      this.rule = rule;
      this.requirements = requirements.toArray(Requirement[]::new);
      this.duties = duties.toArray(DutyRule[]::new);
      LocalDate first = rule.instrument().from();
      LocalDate end = rule.instrument().to();
      from = first == null ? Long.MIN_VALUE : first.toEpochDay();
      to = end == null ? Long.MAX_VALUE : end.toEpochDay();
      Pack of = rule.instrument().pack();
      pack = of == null ? 0 : 1 << of.ordinal();
      province = rule.province();
      bindsHouseholds = rule.bindsHouseholds();
      reach = rule.instrument().reach();
      violations = new AtomicReferenceArray<>(1 << (2 * requirements.size()));
      satisfied = satisfied(rule, requirements);
      duty = duty(rule, duties);
    }

    static Optional<Asked> at(Verb verb, Rule rule) {
      List<Requirement> requirements =
          rule.requirements().stream().filter(r -> r.verbs().contains(verb)).toList();
      List<DutyRule> duties = rule.duties().stream().filter(d -> d.verbs().contains(verb)).toList();
      return requirements.isEmpty() && duties.isEmpty()
          ? Optional.empty()
          : Optional.of(new Asked(rule, requirements, duties));
    }

    boolean isIn(int packs) {
      return (pack & packs) == pack;
    }

    boolean binds(Situation situation) {
      long today = situation.epochDay();
      if (today < from || today >= to) return false;
      if (situation.isHousehold() && !bindsHouseholds) return false;
      Facts facts = situation.facts();
      if (province != null && facts.site().province() != province) return false;
      return reach == Instrument.EVERYWHERE || reach.test(facts);
    }

    boolean isViolated(Situation situation) {
      for (Requirement requirement : requirements) {
        Standing standing = requirement.in(situation);
        if (standing == Standing.DENIED || standing == Standing.NOT_ESTABLISHED) return true;
      }
      return false;
    }

    boolean isViolated(int standing) {
      return standing > MET;
    }

    int standing(Situation situation) {
      int standing = 0;
      boolean required = false;
      for (int i = 0; i < requirements.length; i++) {
        switch (requirements[i].in(situation)) {
          case NOT_ASKED -> {}
          case MET -> required = true;
          case DENIED -> standing |= 1 << (2 * i);
          case NOT_ESTABLISHED -> standing |= 2 << (2 * i);
        }
      }
      return standing == MET && !required ? NOTHING_REQUIRED : standing;
    }

    boolean hasDuty(Situation situation) {
      for (DutyRule d : duties) {
        if (d.with() != With.REFUSAL && d.arises().test(situation)) return true;
      }
      return false;
    }

    void addDuties(Situation situation, boolean refused, List<Duty> into) {
      for (DutyRule d : duties) {
        boolean due =
            switch (d.with()) {
              case PERMIT -> !refused;
              case REFUSAL -> refused;
              case ANY_OUTCOME -> true;
            };
        if (!due || !d.arises().test(situation)) continue;
        DueBy by = d.due().apply(situation);
        into.add(new Duty(d.kind(), rule, by));
      }
    }

    Finding violation(int standing) {
      Finding known = violations.get(standing);
      if (known != null) return known;
      Finding made = violation(rule, requirements, standing);
      violations.set(standing, made);
      return made;
    }

    private static Finding violation(Rule rule, Requirement[] requirements, int standing) {
      List<Text> why = new ArrayList<>();
      List<Text> remedy = new ArrayList<>();
      Reason reason = Reason.NOT_ESTABLISHED;
      for (int i = 0; i < requirements.length; i++) {
        int at = standing >> (2 * i) & 3;
        if (at == 0) continue;
        if (at == 1) reason = Reason.DENIED;
        why.add(at == 1 ? requirements[i].why() : requirements[i].whyNotEstablished());
        remedy.add(requirements[i].remedy());
      }
      return new Finding(rule, Result.VIOLATED, reason, joined(why), joined(remedy));
    }

    private static Finding satisfied(Rule rule, List<Requirement> requirements) {
      List<Text> met =
          requirements.stream()
              .map(
                  r ->
                      new Text(
                          "符合要求：" + r.needs().zh() + "。", "As required: " + r.needs().en() + "."))
              .toList();
      Text why = met.isEmpty() ? rule.citation() : joined(met);
      return new Finding(
          rule,
          Result.SATISFIED,
          Reason.ESTABLISHED,
          why,
          new Text("无需采取措施。", "Nothing needs to be done."));
    }

    private static Finding duty(Rule rule, List<DutyRule> duties) {
      List<Text> todo = duties.stream().map(d -> d.kind().words()).distinct().toList();
      return new Finding(
          rule,
          Result.DUTY,
          Reason.ESTABLISHED,
          new Text("可以进行，但应当履行相应义务。", "It may be done, and something must accompany or follow it."),
          todo.isEmpty() ? rule.citation() : joined(todo));
    }

    private static Text joined(List<Text> texts) {
      return new Text(
          String.join("", texts.stream().map(Text::zh).distinct().toList()),
          String.join(" ", texts.stream().map(Text::en).distinct().toList()));
    }
  }
}
