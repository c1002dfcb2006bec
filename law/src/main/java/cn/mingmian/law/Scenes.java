package cn.mingmian.law;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.law.rules.Verbs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Every kind of place by every verb: banned, restricted and by what, or open. What is found is
// what
/// the place itself adds; purpose, notice, consent, assessment and controls are due everywhere.
public final class Scenes {
  private Scenes() {}

  /// What a place makes of a verb.
  public enum Answer {
    /// Refused there whatever else is true.
    BANNED,
    /// Asked for something that would not be asked elsewhere.
    RESTRICTED,
    /// Asked for nothing more than elsewhere.
    OPEN
  }

  /// One place, one verb.
  ///
  /// @param by  the rules that ban or restrict, hardest first
  public record Scene(Place place, Zone zone, Verb verb, Answer answer, List<String> by) {
    public Scene {
      by = List.copyOf(by);
    }
  }

  /// @param lawful  a deed in order at an internal place; its verb, place and zone are replaced
  public static List<Scene> of(Rulebook rulebook, Facts lawful) {
    List<Scene> scenes = new ArrayList<>();
    for (Place place : Place.values()) {
      for (Zone zone : zones(place)) {
        for (Verb verb : Verb.values()) scenes.add(scene(rulebook, lawful, place, zone, verb));
      }
    }
    return scenes;
  }

  /// The zones that a place has.
  public static List<Zone> zones(Place place) {
    if (place.compareTo(Place.DORM_ROOM) <= 0) return List.of(Zone.PRIVATE_SPACE);
    return switch (place) {
      case OFFICE, SCHOOL -> List.of(Zone.INTERNAL);
      case RESIDENTIAL_COMPOUND -> List.of(Zone.PROPERTY_GATE);
      case STREET, PARK -> List.of(Zone.PUBLIC);
      case DWELLING -> List.of(Zone.HOME);
      case LABORATORY -> List.of(Zone.RESEARCH_LAB);
      default -> List.of(Zone.PUBLIC, Zone.BUSINESS);
    };
  }

  private static Scene scene(Rulebook rulebook, Facts lawful, Place place, Zone zone, Verb verb) {
    List<String> best = rulebook.verdict(at(place, zone, verb, lawful)).violated();
    if (Verbs.SOMEWHERE.contains(verb) && !best.isEmpty()) {
      // The bans that reach even into the home are the ones that nothing cures.
      List<String> bans =
          best.stream()
              .filter(id -> rulebook.rule(id).filter(rule -> rule.bindsHouseholds()).isPresent())
              .toList();
      if (!bans.isEmpty()) return new Scene(place, zone, verb, Answer.BANNED, bans);
    }
    List<String> here =
        new ArrayList<>(rulebook.verdict(unguarded(at(place, zone, verb, lawful))).violated());
    here.removeAll(
        rulebook.verdict(unguarded(at(Place.OFFICE, Zone.HOME, verb, lawful))).violated());
    Answer answer = here.isEmpty() ? Answer.OPEN : Answer.RESTRICTED;
    return new Scene(place, zone, verb, answer, here);
  }

  private static Facts at(Place place, Zone zone, Verb verb, Facts lawful) {
    Facts.Builder b = lawful.but();
    b.operation().verb(verb);
    boolean open = zone == Zone.PUBLIC || zone == Zone.BUSINESS;
    b.site().place(place).zone(zone).videoClass(open ? VideoClass.ART7 : VideoClass.NON_PUBLIC);
    b.assessment().zone(zone).verbs(Set.of(Verb.values()));
    b.consent().operations(Set.of(Verb.values()));
    return b.build();
  }

  /// What a place may ask for, denied.
  private static Facts unguarded(Facts facts) {
    Facts.Builder b = facts.but().alternatives(Set.<Alternative>of());
    b.site()
        .sign(false)
        .publicSafetyNecessity(false)
        .captureArea(false)
        .hearing(false)
        .installer(Installer.OTHER);
    b.device().insideCaptureArea(false);
    b.access().reason(null);
    b.consent().coerced(true);
    b.notice().purposePrompt(false);
    return b.build();
  }
}
