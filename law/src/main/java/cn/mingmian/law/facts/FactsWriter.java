package cn.mingmian.law.facts;

import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes facts as JSON, in the order of the format, absent facts left out; date-times at +08:00.
/// What it writes, [FactsReader] reads back equal.
public final class FactsWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

  private FactsWriter() {}

  public static String write(Facts facts) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      write(facts, json);
    }
    return out.toString();
  }

  /// Writes one object at the place where `json` stands.
  public static void write(Facts facts, JsonGenerator json) {
    json.writeStartObject();
    Deque<String> open = new ArrayDeque<>();
    for (FactField field : FactField.ALL) {
      Object value = field.of(facts);
      if (value == null || value == Truth.UNKNOWN) continue;
      String[] path = field.pointer().substring(1).split("/");
      String parent = field.pointer().substring(0, field.pointer().lastIndexOf('/') + 1);
      while (!open.isEmpty() && !parent.startsWith(open.peek())) {
        json.writeEndObject();
        open.pop();
      }
      StringBuilder prefix = new StringBuilder("/");
      for (int i = 0; i < path.length - 1; i++) {
        prefix.append(path[i]).append('/');
        if (i < open.size()) continue;
        json.writeObjectPropertyStart(path[i]);
        open.push(prefix.toString());
      }
      json.writeName(path[path.length - 1]);
      writeValue(field, value, json);
    }
    for (int i = 0; i < open.size(); i++) json.writeEndObject();
    json.writeEndObject();
  }

  /// A date-time as the format has it.
  public static String text(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(BEIJING));
  }

  private static void writeValue(FactField field, Object value, JsonGenerator json) {
    switch (value) {
      case Truth truth -> json.writeBoolean(truth.isYes());
      case Integer number -> json.writeNumber(number.intValue());
      case Set<?> several -> {
        json.writeStartArray();
        for (Object one : several) json.writeString(name(field, one));
        json.writeEndArray();
      }
      case Instant instant -> json.writeString(text(instant));
      case LocalDate day -> json.writeString(day.toString());
      case String text -> json.writeString(text);
      default -> json.writeString(name(field, value));
    }
  }

  private static @Nullable String name(FactField field, Object value) {
    return field.names().get(field.values().indexOf(value));
  }
}
