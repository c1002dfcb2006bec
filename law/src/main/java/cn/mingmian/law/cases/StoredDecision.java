package cn.mingmian.law.cases;

import cn.mingmian.law.Decision;
import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.cases.Json.Arr;
import cn.mingmian.law.cases.Json.Obj;
import cn.mingmian.law.cases.Json.Str;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.rules.Situation;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A decision as it was kept: the facts it judged, and what was found. Immutable.
///
/// @param facts  what was judged
/// @param rulebook  the version that decided
/// @param answers  the outcome, every finding and every duty: what was asked to what came of it
/// @param text  the decision as JSON
public record StoredDecision(
    Facts facts, String rulebook, SortedMap<String, String> answers, String text) {
  /// The name of the outcome among the answers.
  public static final String OUTCOME = "outcome";

  /// From `{"facts": …, "decision": …}`, the decision as [DecisionWriter] writes it.
  ///
  /// @throws MalformedFactsException with the place of the fault
  public static StoredDecision read(byte[] json) {
    Obj whole = object(Json.parse(json), "");
    Json facts = whole.members().get("facts");
    Json decision = whole.members().get("decision");
    if (facts == null) throw new MalformedFactsException("/facts", "the facts judged", "nothing");
    if (decision == null) {
      throw new MalformedFactsException("/decision", "the decision taken", "nothing");
    }
    return of(FactsReader.read(Json.write(facts)), decision);
  }

  /// From facts and decision that were kept apart.
  ///
  /// @throws MalformedFactsException with the place of the fault
  public static StoredDecision of(Facts facts, String decision) {
    return of(facts, Json.parse(decision.getBytes(StandardCharsets.UTF_8)));
  }

  static StoredDecision of(Decision decision) {
    return of(decision.facts(), DecisionWriter.write(decision));
  }

  /// The same as [#read] takes it.
  public String write() {
    return "{\"facts\":%s,\"decision\":%s}".formatted(FactsWriter.write(facts), text);
  }

  /// The same for readers whom the birthday does not concern: the birth date becomes that of
  /// somebody who turned 13, 14 or 18 on the day of the deed, so that it tells the age no closer
  /// than the law asks for it. Today's rulebook decides it the same.
  public StoredDecision withoutBirthday() {
    Situation situation = Situation.of(facts);
    LocalDate told = null;
    if (situation.isUnder14() == Truth.YES) told = situation.today().minusYears(13);
    else if (situation.isUnder18() == Truth.YES) told = situation.today().minusYears(14);
    else if (situation.isUnder18() == Truth.NO) told = situation.today().minusYears(18);
    LocalDate birthDate = told;
    return new StoredDecision(
        facts.but().person(person -> person.birthDate(birthDate)).build(), rulebook, answers, text);
  }

  private static StoredDecision of(Facts facts, Json json) {
    Map<String, Json> decision = object(json, "/decision").members();
    SortedMap<String, String> answers = new TreeMap<>();
    answers.put(OUTCOME, text(decision, OUTCOME, "/decision"));
    for (Obj finding : objects(decision, "findings")) {
      Map<String, Json> told = finding.members();
      answers.put(
          text(told, "rule", "/decision/findings"),
          text(told, "result", "/decision/findings")
              + " "
              + text(told, "reason", "/decision/findings"));
    }
    for (Obj duty : objects(decision, "duties")) {
      Map<String, Json> told = duty.members();
      answers.put(
          text(told, "kind", "/decision/duties") + " " + text(told, "rule", "/decision/duties"),
          told.containsKey("due") ? "due " + text(told, "due", "/decision/duties") : "due");
    }
    return new StoredDecision(
        facts, text(decision, "rulebook", "/decision"), answers, Json.write(json));
  }

  private static Obj object(Json json, String pointer) {
    if (json instanceof Obj object) return object;
    throw new MalformedFactsException(pointer, "an object", "something else");
  }

  private static List<Obj> objects(Map<String, Json> members, String name) {
    String pointer = "/decision/" + name;
    if (!(members.get(name) instanceof Arr array)) {
      throw new MalformedFactsException(pointer, "an array", "something else");
    }
    List<Obj> objects = new ArrayList<>();
    for (Json element : array.elements()) objects.add(object(element, pointer));
    return objects;
  }

  private static String text(Map<String, Json> members, String name, String pointer) {
    if (members.get(name) instanceof Str(String text)) return text;
    throw new MalformedFactsException(pointer + "/" + name, "text", "something else");
  }
}
