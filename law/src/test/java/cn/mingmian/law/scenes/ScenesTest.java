package cn.mingmian.law.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.Outcome;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.Verdict;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Asks the rulebook about every kind of place and every verb, and keeps the answers as a page.
class ScenesTest {
  private static final Rulebook BOOK = Rulebook.standard();
  private static final Set<Place> PRIVATE = EnumSet.range(Place.GUEST_ROOM, Place.DORM_ROOM);

  /// Run with `-Dgolden=write` to bring docs/law/scenes.md up to date.
  @Test
  void scenes_md_shows_what_the_rulebook_answers_today() throws IOException {
    Path page = Path.of(System.getProperty("mingmian.root"), "docs/law/scenes.md");
    String wanted = page();
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, wanted);
      return;
    }
    assertThat(Files.readString(page))
        .as("docs/law/scenes.md is behind the rulebook: run this test with -Dgolden=write")
        .isEqualTo(wanted);
  }

  @Test
  void no_private_space_may_hold_a_lens_whatever_else_is_in_order() {
    for (Place place : PRIVATE) {
      for (Zone zone : Zone.values()) {
        for (Verb verb :
            EnumSet.of(
                Verb.DEPLOY,
                Verb.CAPTURE,
                Verb.ENROL,
                Verb.VERIFY,
                Verb.IDENTIFY,
                Verb.ANALYSE,
                Verb.KEEP_IMAGE)) {
          Verdict verdict = BOOK.verdict(scene(place, zone, verb, "standards", Missing.NOTHING));
          assertThat(verdict.outcome()).as("%s %s %s", place, zone, verb).isEqualTo(Outcome.REFUSE);
          assertThat(verdict.violated())
              .as("%s %s %s", place, zone, verb)
              .contains("VIDEO-REG/8.1");
        }
      }
    }
  }

  @Test
  void every_place_is_in_the_table_and_every_place_but_the_private_ones_has_a_lawful_check() {
    Map<Place, Boolean> open = new EnumMap<>(Place.class);
    scenes()
        .forEach(
            scene -> {
              boolean permitted =
                  BOOK.verdict(
                              scene(
                                  scene.place,
                                  scene.zone,
                                  Verb.VERIFY,
                                  "standards",
                                  Missing.NOTHING))
                          .outcome()
                      != Outcome.REFUSE;
              open.merge(scene.place, permitted, Boolean::logicalOr);
            });
    assertThat(open.keySet()).containsExactlyInAnyOrder(Place.values());
    open.forEach(
        (place, permitted) ->
            assertThat(permitted).as("%s", place).isNotEqualTo(PRIVATE.contains(place)));
  }

  /// What is left out of a scene that is otherwise in order.
  private enum Missing {
    NOTHING,
    /// Sign, capture area, safety need, installer, accessibility, other ways, the active part.
    WHAT_THE_PLACE_NEEDS,
    /// A lawful ground, but not consent.
    CONSENT
  }

  private record Scene(Place place, Zone zone) {}

  private static List<Scene> scenes() {
    List<Scene> scenes = new java.util.ArrayList<>();
    for (Place place : Place.values()) {
      for (Zone zone : zones(place)) scenes.add(new Scene(place, zone));
    }
    return scenes;
  }

  private static List<Zone> zones(Place place) {
    if (PRIVATE.contains(place)) return List.of(Zone.PRIVATE_SPACE);
    return switch (place) {
      case STREET, PARK -> List.of(Zone.PUBLIC);
      case OFFICE -> List.of(Zone.INTERNAL, Zone.PROPERTY_GATE);
      case SCHOOL -> List.of(Zone.INTERNAL);
      case RESIDENTIAL_COMPOUND -> List.of(Zone.PROPERTY_GATE, Zone.PUBLIC);
      case DWELLING -> List.of(Zone.HOME);
      case LABORATORY -> List.of(Zone.RESEARCH_LAB);
      default -> List.of(Zone.BUSINESS, Zone.PUBLIC);
    };
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Scenes: every kind of place, every verb

        What the rulebook answers for each kind of place and each thing done with a face. Written by `ScenesTest`
        (`mvn -pl law test -Dtest=ScenesTest -Dgolden=write`); a test fails when it is behind the rules.

        Each cell is asked in a situation in which everything that the law wants is in place: an approved purpose and
        assessment, a notice, a separate consent for just this, security, a filing that is not due, other ways in.

        * ✕ **banned**: refused all the same, by the rules of the note
        * ◐ **restricted**: permitted then, but the place itself asks for something (a sign, a capture area, a need of
          public safety, another way in, the person's active part, or use for public safety alone): the rules of the
          note refuse when that is missing
        * ○ **open**: nothing beyond what holds everywhere (purpose, ground, notice, assessment, security, retention)

        `PUBLIC` is open to whoever walks by; `BUSINESS` is the desk, counter or turnstile that a person walks up to.
        Stations, airports, stadiums, streets and parks are taken for the first kind of public place of the video
        regulation, the others for the second; a dwelling is the household's own; a laboratory does research.

        """);
    section(page, "Law in force and standards", "standards");
    section(page, "With the 2023 draft switched on (never law, a stricter choice)", "draft-2023");
    return page.toString();
  }

  private static void section(StringBuilder page, String title, String pack) {
    Map<String, Integer> notes = new LinkedHashMap<>();
    page.append("## ").append(title).append("\n\n| place | zone |");
    for (Verb verb : Verb.values()) page.append(' ').append(verb).append(" |");
    page.append("\n|---|---|").append("---|".repeat(Verb.values().length)).append('\n');
    for (Scene scene : scenes()) {
      page.append("| ").append(scene.place).append(" | ").append(scene.zone).append(" |");
      for (Verb verb : Verb.values())
        page.append(' ').append(cell(scene, verb, pack, notes)).append(" |");
      page.append('\n');
    }
    page.append('\n');
    notes.forEach((rules, number) -> page.append(number).append(". ").append(rules).append('\n'));
    page.append('\n');
  }

  private static String cell(Scene scene, Verb verb, String pack, Map<String, Integer> notes) {
    Verdict inOrder = BOOK.verdict(scene(scene.place, scene.zone, verb, pack, Missing.NOTHING));
    if (inOrder.outcome() == Outcome.REFUSE) return "✕ " + note(inOrder.violated(), notes);
    Set<String> asked = new LinkedHashSet<>();
    asked.addAll(
        BOOK.verdict(scene(scene.place, scene.zone, verb, pack, Missing.WHAT_THE_PLACE_NEEDS))
            .violated());
    Set<String> lock =
        new LinkedHashSet<>(
            BOOK.verdict(scene(scene.place, scene.zone, verb, pack, Missing.CONSENT)).violated());
    // What any place asks of another ground than consent is no matter of this place.
    BOOK.verdict(scene(Place.OFFICE, Zone.INTERNAL, verb, pack, Missing.CONSENT))
        .violated()
        .forEach(lock::remove);
    if (scene.zone == Zone.PUBLIC) asked.addAll(lock);
    return asked.isEmpty() ? "○" : "◐ " + note(List.copyOf(asked), notes);
  }

  private static String note(List<String> rules, Map<String, Integer> notes) {
    return notes.computeIfAbsent(String.join(", ", rules), all -> notes.size() + 1).toString();
  }

  private static Facts scene(Place place, Zone zone, Verb verb, String pack, Missing missing) {
    boolean household = zone == Zone.HOME;
    boolean research = zone == Zone.RESEARCH_LAB;
    String kind =
        switch (place) {
          case RESIDENTIAL_COMPOUND -> "PROPERTY_MANAGER";
          case OFFICE -> "EMPLOYER";
          case SCHOOL -> "SCHOOL";
          case GOVERNMENT_HALL -> "STATE_ORGAN";
          case DWELLING -> "INDIVIDUAL";
          default -> "COMPANY";
        };
    String video =
        switch (place) {
          case STATION, AIRPORT, STADIUM, STREET, PARK -> "ART7";
          default -> zone == Zone.PUBLIC || zone == Zone.BUSINESS ? "ART9" : "NON_PUBLIC";
        };
    boolean bare = missing == Missing.WHAT_THE_PLACE_NEEDS;
    boolean consent = missing != Missing.CONSENT;
    boolean retain = verb == Verb.RETAIN;
    String json =
        """
        {"at": "2026-03-10T10:00:00+08:00", "packs": [%s],
         "operation": {"verb": "%s"%s},
         "processor": {"kind": "%s", "activity": "%s", "publicFacing": true,
           "controls": ["ENCRYPTION","AUDIT","ACCESS_CONTROL","AUTHORISATION","INTRUSION_DETECTION"],
           "mlpsLevel": 3, "publishedRules": true, "childRules": true, "storedPersons": 100,
           "filing": {"status": "FILED"}, "listedAsAbuser": false},
         "purpose": {"kind": "ACCESS_CONTROL", "specific": true, "necessary": true, "leastImpact": true,
           "faceIndispensable": %s, "writtenConsentRequired": false},
         "basis": {"kind": "%s", "evidence": true},
         "site": {"zone": "%s", "place": "%s", "territory": "CN", "videoClass": "%s"%s},
         "device": {"kind": "FACE_RECOGNITION", "registered": true, "catalogued": true, "certified": true,
           "lastTested": "2025-11-20"%s},
         "person": {"birthDate": "1986-07-14", "state": "LIVING", "bystander": false%s, "legalHold": %s},
         "notice": {"version": "v3", "shownVersion": "v3", "shownAt": "2026-01-05T08:55:00+08:00",
           "items": ["PROCESSOR_CONTACT","PURPOSE_METHOD_RETENTION","NECESSITY_AND_IMPACT","RIGHTS","AFTER_EXPIRY"],
           "purposePrompt": true},
         %s
         "assessment": {"status": "APPROVED", "approvedAt": "2025-12-15T15:00:00+08:00",
           "purpose": "ACCESS_CONTROL", "verbs": ["%s"], "zone": "%s",
           "sections": ["LAWFUL_PURPOSE","RIGHTS_IMPACT","LEAK_RISK","MEASURES","STANDARDS_AND_ETHICS","ACCURACY_AND_DISTANCE"],
           "incidentSince": false, "changedSince": false},
         %s
         "retention": {"maxDays": 365, "recordedAt": "2026-01-05T09:00:00+08:00",
           "expiresAt": "2027-01-05T09:00:00+08:00", "shortestNecessary": true},
         "review": {"human": true, "independent": true},
         "access": {"reason": "complaint", "approved": true, "bulk": false, "role": "AUDITOR"},
         "prompt": {"misleading": false, "urgent": false, "facePreselected": false, "dearerWithoutFace": false},
         "liveness": {"passed": true}, "injunction": false}
        """
            .formatted(
                pack.equals("standards") ? "\"standards\"" : "\"standards\", \"" + pack + '"',
                verb,
                operation(verb),
                kind,
                household ? "HOUSEHOLD" : research ? "RESEARCH" : "OPERATION",
                !consent,
                consent ? "CONSENT" : "CONTRACT_OR_HR",
                zone,
                place,
                video,
                bare
                    ? ""
                    : ", \"publicSafetyNecessity\": true, \"sign\": true, \"captureArea\": true,"
                        + " \"installer\": \"RESPONSIBLE_MANAGER\", \"accessible\": true, \"hearing\": true",
                bare ? "" : ", \"insideCaptureArea\": true",
                bare ? "" : ", \"activePart\": true",
                retain,
                consent
                    ? """
                    "consent": {"form": "WRITTEN", "by": "SELF", "givenAt": "2026-01-05T09:00:00+08:00",
                      "purpose": "ACCESS_CONTROL", "operations": ["%s"], "recipient": "Site server",
                      "noticeVersion": "v3", "preTicked": false, "conditional": false, "coerced": false,
                      "attributes": ["AGE"]},
                    """
                        .formatted(verb)
                    : "",
                verb,
                zone,
                bare
                    ? ""
                    : "\"alternatives\": [\"CARD\",\"STAFF_DESK\"], \"alternativeReasonable\": true,");
    return FactsReader.read(json);
  }

  private static String operation(Verb verb) {
    return switch (verb) {
      case IDENTIFY -> ", \"mode\": \"COOPERATIVE\"";
      case ANALYSE -> ", \"attribute\": \"AGE\"";
      case TRANSMIT ->
          ", \"destination\": \"SITE_LAN\", \"content\": \"TEMPLATE\", \"recipient\": \"Site server\"";
      case PROVIDE -> ", \"content\": \"TEMPLATE\", \"recipient\": \"Site server\"";
      case PUBLISH, KEEP_IMAGE, ACCESS -> ", \"content\": \"IMAGE\"";
      case ERASE, RETAIN -> ", \"content\": \"TEMPLATE\"";
      default -> "";
    };
  }
}
