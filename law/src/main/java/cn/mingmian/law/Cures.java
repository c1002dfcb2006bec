package cn.mingmian.law;

import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.rules.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which single facts would turn a refusal into a permit, or at least lift some of its rules. Only
/// facts that somebody can bring about are tried (a sign, a consent, another way in), never what
/// the case is about: the deed, the place, the person, the ground, an order of a court.
public final class Cures {
  private static final Set<String> WHAT_THE_CASE_IS =
      Set.of(
          "/at",
          "/packs",
          "/operation/verb",
          "/operation/attribute",
          "/operation/mode",
          "/processor/kind",
          "/processor/activity",
          "/processor/publicFacing",
          "/processor/storedPersons",
          "/processor/filing/reachedOn",
          "/processor/listedAsAbuser",
          "/purpose/kind",
          "/purpose/faceIndispensable",
          "/purpose/mandate/level",
          "/purpose/mandate/citation",
          "/purpose/writtenConsentRequired",
          "/purpose/collectedFor",
          "/basis/kind",
          "/basis/citation",
          "/site/zone",
          "/site/place",
          "/site/territory",
          "/site/province",
          "/site/videoClass",
          "/device/kind",
          "/device/catalogued",
          "/person/birthDate",
          "/person/state",
          "/person/bystander",
          "/person/legalHold",
          "/notice/exemption/level",
          "/notice/exemption/citation",
          "/retention/recordedAt",
          "/retention/statutoryFloorUntil",
          "/prompt/lastRefusedAt",
          "/injunction");

  private Cures() {}

  /// One fact, changed.
  ///
  /// @param value  what it would have to be; null for taking it away
  /// @param lifted  the rules that would no longer be violated, hardest first
  /// @param outcome  what would be decided then
  public record Cure(
      FactField field, @Nullable Object value, List<String> lifted, Outcome outcome) {
    public Cure {
      lifted = List.copyOf(lifted);
    }
  }

  /// Cures of a refusal: those that permit first, then those that lift most. Empty for a permit.
  /// Of several values of one fact that do the same, the first is given.
  public static List<Cure> of(Rulebook rulebook, Facts facts) {
    Verdict before = rulebook.verdict(facts);
    List<Cure> cures = new ArrayList<>();
    if (before.outcome() != Outcome.REFUSE) return cures;
    for (FactField field : FactField.ALL) {
      if (WHAT_THE_CASE_IS.contains(field.pointer())) continue;
      List<List<String>> seen = new ArrayList<>();
      for (Object value : candidates(field, facts)) {
        Object set = value == NOTHING ? null : value;
        if (Objects.equals(field.of(facts), set)) continue;
        Verdict after = rulebook.verdict(field.with(facts, set));
        if (!before.violated().containsAll(after.violated())) continue;
        List<String> lifted = new ArrayList<>(before.violated());
        lifted.removeAll(after.violated());
        if (lifted.isEmpty() || seen.contains(lifted)) continue;
        seen.add(lifted);
        cures.add(new Cure(field, set, lifted, after.outcome()));
      }
    }
    cures.sort(
        Comparator.comparing((Cure cure) -> cure.outcome() == Outcome.REFUSE)
            .thenComparing(cure -> -cure.lifted().size()));
    return cures;
  }

  private static final Object NOTHING = new Object();

  private static List<Object> candidates(FactField field, Facts facts) {
    List<Object> candidates = new ArrayList<>();
    switch (field.type()) {
      case TRUTH -> candidates.addAll(List.of(Truth.YES, Truth.NO));
      case ONE -> candidates.addAll(field.values());
      case SEVERAL -> {
        Set<Object> some = new HashSet<>();
        if (field.of(facts) instanceof Set<?> present) some.addAll(present);
        for (Object value : field.values()) {
          Set<Object> more = new HashSet<>(some);
          more.add(value);
          candidates.add(more);
        }
        candidates.add(Set.copyOf(field.values()));
      }
      case TEXT -> {
        switch (field.pointer()) {
          case "/consent/recipient" -> addIfKnown(facts.operation().recipient(), candidates);
          case "/notice/shownVersion" -> addIfKnown(facts.notice().version(), candidates);
          case "/access/reason" -> candidates.add("…");
          default -> {}
        }
      }
      case DAY -> candidates.add(facts.at().atZone(Situation.SHANGHAI).toLocalDate());
      case MOMENT -> {
        candidates.add(facts.at());
        candidates.add(NOTHING);
        Integer days = facts.retention().maxDays();
        Instant start = facts.retention().recordedAt();
        if (days != null) {
          candidates.add((start == null ? facts.at() : start).plus(Duration.ofDays(days)));
        }
      }
      case NUMBER -> {
        for (int number : new int[] {1, 3, 30, 365}) {
          if (number >= field.least() && number <= field.most()) candidates.add(number);
        }
      }
    }
    return candidates;
  }

  private static void addIfKnown(@Nullable String text, List<Object> candidates) {
    if (text != null) candidates.add(text);
  }
}
