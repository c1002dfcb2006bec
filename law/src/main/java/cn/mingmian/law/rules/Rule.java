package cn.mingmian.law.rules;

import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.DutyRule.With;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One article or paragraph: what it asks, and what it makes follow. Immutable.
public final class Rule {
  private final String id;
  private final Instrument instrument;
  private final String article;
  private final Text citation;
  private final List<Requirement> requirements;
  private final List<DutyRule> duties;
  private final @Nullable Province province;
  private final boolean bindsHouseholds;
  private final Text liability;
  private final List<String> evidence;

  private Rule(Builder b) {
    instrument = b.instrument;
    article = b.article;
    id = instrument.id() + '/' + article;
    citation = b.citation == null ? cite(instrument, article) : b.citation;
    requirements = List.copyOf(b.requirements);
    duties = List.copyOf(b.duties);
    province = instrument.province();
    bindsHouseholds = b.bindsHouseholds;
    liability = b.liability == null ? instrument.liability() : b.liability;
    evidence = List.copyOf(b.evidence);
    if (requirements.isEmpty() && duties.isEmpty()) {
      throw new IllegalStateException(
          "rule `%s` asks nothing and makes nothing follow".formatted(id));
    }
    if (requirements.size() > 6) {
      throw new IllegalStateException("rule `%s` asks more than six things".formatted(id));
    }
  }

  /// `INSTRUMENT/article[.paragraph]`
  public String id() {
    return id;
  }

  public Instrument instrument() {
    return instrument;
  }

  /// `10.1`
  public String article() {
    return article;
  }

  /// The citation for people.
  public Text citation() {
    return citation;
  }

  public List<Requirement> requirements() {
    return requirements;
  }

  public List<DutyRule> duties() {
    return duties;
  }

  /// Where alone it applies; null for everywhere.
  public @Nullable Province province() {
    return province;
  }

  /// Whether it binds a person at home too (PIPL/72 leaves the rest out).
  public boolean bindsHouseholds() {
    return bindsHouseholds;
  }

  /// What hangs on a breach.
  public Text liability() {
    return liability;
  }

  /// Pointers of the facts that are carried into its findings as evidence.
  public List<String> evidence() {
    return evidence;
  }

  @Override
  public String toString() {
    return id;
  }

  public static Builder of(Instrument instrument, String article) {
    return new Builder(instrument, article);
  }

  private static Text cite(Instrument instrument, String article) {
    String[] parts = article.split("[.]", 2);
    boolean lettered = !parts[0].isEmpty() && Character.isLetter(parts[0].charAt(0));
    if (instrument.authority() == Authority.STANDARD) {
      String which = lettered ? "要点 " + article : article;
      return new Text(
          instrument.shortName().zh() + " " + which,
          instrument.shortName().en() + ", cl. " + article);
    }
    if (instrument.authority() == Authority.PROPOSAL) {
      return new Text(
          instrument.shortName().zh() + "第" + article + "项",
          instrument.shortName().en() + ", no. " + article);
    }
    String zh = instrument.shortName().zh() + "第" + parts[0] + "条";
    String en = instrument.shortName().en() + ", art. " + parts[0];
    if (parts.length == 1) return new Text(zh, en);
    return new Text(zh + "第" + parts[1] + "款", en + "(" + parts[1] + ")");
  }

  /// Writes a rule down, in the order a reader would ask: at which verbs, when, what is needed, why
  /// not, what cures it, what follows.
  public static final class Builder {
    private final Instrument instrument;
    private final String article;
    private final List<Requirement> requirements = new ArrayList<>();
    private final List<DutyRule> duties = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();
    private @Nullable Text citation;
    private @Nullable Text liability;
    private boolean bindsHouseholds;

    private @Nullable Set<Verb> verbs;
    private @Nullable Text scope;
    private Condition applies = Condition.ALWAYS;
    private @Nullable Text needs;
    private @Nullable Condition holds;
    private @Nullable Text why;

    private Builder(Instrument instrument, String article) {
      this.instrument = instrument;
      this.article = article;
    }

    /// Cites an item (项) of an article instead of a paragraph.
    public Builder item(String zh, String en) {
      citation =
          new Text(instrument.shortName().zh() + zh, instrument.shortName().en() + ", " + en);
      return this;
    }

    public Builder liability(String zh, String en) {
      liability = new Text(zh, en);
      return this;
    }

    /// Facts that its findings carry as evidence.
    public Builder evidence(String... pointers) {
      evidence.addAll(Arrays.asList(pointers));
      return this;
    }

    /// It binds a person at home as well.
    public Builder bindsHouseholds() {
      bindsHouseholds = true;
      return this;
    }

    /// Begins a requirement.
    public Builder asked(Set<Verb> verbs) {
      this.verbs = verbs;
      scope = null;
      applies = Condition.ALWAYS;
      return this;
    }

    public Builder when(String zh, String en, Condition applies) {
      scope = new Text(zh, en);
      this.applies = applies;
      return this;
    }

    public Builder needs(String zh, String en, Condition holds) {
      needs = new Text(zh, en);
      this.holds = holds;
      return this;
    }

    public Builder why(String zh, String en) {
      why = new Text(zh, en);
      return this;
    }

    /// Ends a requirement.
    public Builder remedy(String zh, String en) {
      if (verbs == null || needs == null || holds == null || why == null) {
        throw new IllegalStateException(
            "`%s/%s`: a remedy without verbs, needs or why".formatted(instrument.id(), article));
      }
      requirements.add(new Requirement(verbs, scope, applies, needs, holds, why, new Text(zh, en)));
      return this;
    }

    /// A duty that always arises with a permit of these verbs.
    public Builder duty(DutyKind kind, Set<Verb> verbs) {
      duties.add(new DutyRule(kind, verbs, With.PERMIT, null, s -> true, s -> null));
      return this;
    }

    /// A duty that arises with a permit of these verbs under a condition.
    public Builder duty(
        DutyKind kind, Set<Verb> verbs, String zh, String en, Predicate<Situation> arises) {
      return duty(kind, verbs, With.PERMIT, new Text(zh, en), arises, s -> null);
    }

    public Builder duty(
        DutyKind kind,
        Set<Verb> verbs,
        With with,
        @Nullable Text scope,
        Predicate<Situation> arises,
        Function<Situation, @Nullable DueBy> due) {
      duties.add(new DutyRule(kind, verbs, with, scope, arises, due));
      return this;
    }

    public Rule build() {
      return new Rule(this);
    }
  }
}
