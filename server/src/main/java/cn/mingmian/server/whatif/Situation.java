package cn.mingmian.server.whatif;

import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A situation as a form holds it: one entry per field, by pointer. Reads forms into facts through
/// the same strict reader as everything else, and facts into forms. Immutable.
///
/// @param values  by pointer: what the controls of the form hold; no entry means not established
public record Situation(Map<String, List<String>> values) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  public Situation {
    values = Map.copyOf(values);
  }

  /// From the parameters of a submitted form; what is not a field of the facts is left aside.
  public static Situation ofForm(Map<String, String[]> parameters) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (FactField field : FactField.ALL) {
      String[] given = parameters.get(field.pointer());
      if (given != null) {
        List<String> present = new ArrayList<>();
        for (String each : given) {
          if (!each.isBlank()) {
            present.add(each.strip());
          }
        }
        if (!present.isEmpty()) {
          values.put(field.pointer(), present);
        }
      }
    }
    return new Situation(values);
  }

  /// From facts.
  public static Situation of(Facts facts) {
    JsonNode json = JSON.readTree(FactsWriter.write(facts));
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (FactField field : FactField.ALL) {
      JsonNode node = json.at(field.pointer());
      if (node.isMissingNode() || node.isNull()) {
        continue;
      }
      if (node.isArray()) {
        List<String> names = new ArrayList<>();
        node.forEach(each -> names.add(each.asString()));
        if (!names.isEmpty()) {
          values.put(field.pointer(), names);
        }
      } else if (field.type() == FactField.Type.MOMENT) {
        values.put(
            field.pointer(),
            List.of(
                OffsetDateTime.parse(node.asString())
                    .withOffsetSameInstant(BEIJING)
                    .format(LOCAL)));
      } else {
        values.put(field.pointer(), List.of(node.asString()));
      }
    }
    return new Situation(values);
  }

  /// The facts.
  ///
  /// @throws cn.mingmian.law.facts.MalformedFactsException when a field holds what it may not
  public Facts facts() {
    ObjectNode root = JSON.createObjectNode();
    // A form that unticks every pack means the law in force alone.
    root.putArray("packs");
    for (FactField field : FactField.ALL) {
      List<String> given = values.get(field.pointer());
      if (given == null) {
        continue;
      }
      String[] steps = field.pointer().substring(1).split("/");
      ObjectNode parent = root;
      for (int i = 0; i < steps.length - 1; i++) {
        parent =
            parent.get(steps[i]) instanceof ObjectNode known ? known : parent.putObject(steps[i]);
      }
      String name = steps[steps.length - 1];
      String first = given.getFirst();
      switch (field.type()) {
        case SEVERAL -> {
          ArrayNode names = parent.putArray(name);
          given.forEach(names::add);
        }
        case TRUTH -> {
          if (first.equals("true") || first.equals("false")) {
            parent.put(name, first.equals("true"));
          } else {
            parent.put(name, first);
          }
        }
        case NUMBER -> {
          if (first.matches("-?[0-9]{1,9}")) {
            parent.put(name, Integer.parseInt(first));
          } else {
            parent.put(name, first);
          }
        }
        case MOMENT -> parent.put(name, moment(first));
        case ONE, TEXT, DAY -> parent.put(name, first);
      }
    }
    return FactsReader.read(JSON.writeValueAsString(root));
  }

  /// The same with one field changed; an empty value takes the fact away.
  public Situation with(String pointer, List<String> value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(values);
    if (value.isEmpty()) {
      changed.remove(pointer);
    } else {
      changed.put(pointer, value);
    }
    return new Situation(changed);
  }

  /// What one field holds; empty text when it is not established.
  public String one(String pointer) {
    return values.getOrDefault(pointer, List.of("")).getFirst();
  }

  public boolean has(String pointer, String value) {
    return values.getOrDefault(pointer, List.of()).contains(value);
  }

  /// A form gives local time without an offset; it is Beijing's.
  private static String moment(String text) {
    try {
      return LocalDateTime.parse(text)
          .atOffset(BEIJING)
          .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    } catch (DateTimeParseException withOffset) {
      return text;
    }
  }
}
