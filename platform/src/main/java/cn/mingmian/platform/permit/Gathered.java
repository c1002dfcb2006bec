package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.consent.ConsentId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The facts of one question, and for each of them where it comes from. Immutable.
///
/// @param sources JSON pointer of each established fact, as in `docs/law/facts.md`, to its source
/// @param consent the consent that was found, if the person is known and gave one
public record Gathered(
    Facts facts, SortedMap<String, Source> sources, Optional<ConsentId> consent) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public Gathered {
    sources = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    Set<String> told = sources.keySet();
    for (String fact : established(facts)) {
      if (!told.contains(fact)) {
        throw new IllegalStateException(
            "fact `%s` has no source: nothing is presumed".formatted(fact));
      }
    }
  }

  /// When a template that is kept now would end.
  Optional<Instant> expiresAt() {
    return Optional.ofNullable(facts.retention().expiresAt());
  }

  /// Whether the consent that was found names this verb.
  boolean consentCovers(Verb verb) {
    Set<Verb> operations = facts.consent().operations();
    return operations != null && operations.contains(verb);
  }

  /// The sources as JSON: pointer to kind, record, date and note.
  String sourcesAsJson() {
    ObjectNode page = JSON.createObjectNode();
    for (Map.Entry<String, Source> entry : sources.entrySet()) {
      Source source = entry.getValue();
      ObjectNode one = page.putObject(entry.getKey());
      one.put("kind", source.kind()).put("record", source.record());
      if (source.at() != null) one.put("at", source.at().toString());
      if (!source.note().isBlank()) one.put("note", source.note());
    }
    return JSON.writeValueAsString(page);
  }

  /// Pointers of all facts that are established.
  static Set<String> established(Facts facts) {
    Set<String> pointers = new java.util.TreeSet<>();
    collect("", JSON.readTree(FactsWriter.write(facts)), pointers);
    return pointers;
  }

  private static void collect(String pointer, JsonNode node, Set<String> into) {
    if (node.isObject()) {
      node.properties().forEach(p -> collect(pointer + "/" + p.getKey(), p.getValue(), into));
    } else if (!node.isNull()) {
      into.add(pointer);
    }
  }
}
