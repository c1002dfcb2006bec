package cn.mingmian.law.facts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Reads facts from JSON, strictly: an unknown field or name, a value of another type, a malformed
/// date, a doubled key, anything behind the end, more than 64 KiB or too deep a nesting is an
/// error with the place of the fault. `null` is the same as leaving a field out. Thread-safe.
public final class FactsReader {
  /// The most bytes that one situation may have.
  public static final int MOST_BYTES = 64 * 1024;

  /// The most characters of one text, such as a citation.
  public static final int MOST_CHARACTERS = 2_000;

  static final int DEEPEST = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(40)
                  .maxNameLength(200)
                  .maxStringLength(MOST_BYTES)
                  .build())
          .build();

  private static final Map<String, FactField> FIELDS =
      FactField.ALL.stream()
          .collect(
              Collectors.toMap(
                  FactField::pointer, field -> field, (a, b) -> a, LinkedHashMap::new));

  /// Every object on the way to a field, with the names that may stand in it.
  private static final Map<String, Set<String>> OBJECTS = objects();

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final DateTimeFormatter STRICT_MOMENT =
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

  private FactsReader() {}

  /// @throws MalformedFactsException for anything that is not one well-formed situation
  public static Facts read(String json) {
    if (json.length() > MOST_BYTES) throw tooLong(json.length());
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return read(parser);
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  /// @param json  UTF-8
  /// @throws MalformedFactsException for anything that is not one well-formed situation
  public static Facts read(byte[] json) {
    if (json.length > MOST_BYTES) throw tooLong(json.length);
    return read(text(json));
  }

  /// UTF-8 as text; broken UTF-8 is malformed.
  static String text(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFactsException("", "text in UTF-8", "bytes that are not UTF-8");
    }
  }

  private static Facts read(JsonParser parser) {
    if (parser.nextToken() == null) {
      throw new MalformedFactsException("", "an object with facts", "nothing");
    }
    Map<FactField, @Nullable Object> found = new LinkedHashMap<>();
    readObject(parser, "", found);
    if (parser.nextToken() != null) {
      throw new MalformedFactsException("", "the end after one object", shown(parser));
    }
    Instant at = (Instant) required(found, "/at", "a date-time with offset");
    Verb verb = (Verb) required(found, "/operation/verb", oneOf(field("/operation/verb").names()));
    Facts.Builder facts = Facts.of(at, verb);
    found.forEach((field, value) -> field.setter().accept(facts, value));
    return facts.build();
  }

  private static Object required(
      Map<FactField, @Nullable Object> found, String pointer, String expected) {
    Object value = found.get(field(pointer));
    if (value == null) throw new MalformedFactsException(pointer, expected, "nothing");
    return value;
  }

  private static FactField field(String pointer) {
    FactField field = FIELDS.get(pointer);
    if (field == null) throw new IllegalStateException("no field `%s`".formatted(pointer));
    return field;
  }

  private static void readObject(
      JsonParser parser, String pointer, Map<FactField, @Nullable Object> found) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new MalformedFactsException(pointer, "an object", shown(parser));
    }
    Set<String> names = OBJECTS.getOrDefault(pointer, Set.of());
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String here = pointer + '/' + name.replace("~", "~0").replace("/", "~1");
      if (!names.contains(name)) {
        throw new MalformedFactsException(
            here,
            "one of %s"
                .formatted(
                    names.stream().map(n -> '`' + n + '`').collect(Collectors.joining(", "))),
            "unknown field `%s`".formatted(shortened(name)));
      }
      if (!seen.add(name)) {
        throw new MalformedFactsException(here, "each field once", "the field a second time");
      }
      JsonToken token = parser.nextToken();
      FactField field = FIELDS.get(here);
      if (token == JsonToken.VALUE_NULL) {
        if (field != null) found.remove(field);
      } else if (field == null) {
        readObject(parser, here, found);
      } else {
        found.put(field, readValue(parser, field));
      }
    }
  }

  private static Object readValue(JsonParser parser, FactField field) {
    return switch (field.type()) {
      case TRUTH ->
          switch (parser.currentToken()) {
            case VALUE_TRUE -> Truth.YES;
            case VALUE_FALSE -> Truth.NO;
            default ->
                throw new MalformedFactsException(
                    field.pointer(), "`true` or `false`", shown(parser));
          };
      case ONE -> named(field, field.pointer(), parser);
      case SEVERAL -> several(field, parser);
      case TEXT -> {
        String text = string(parser, field.pointer(), "a text");
        if (text.length() > MOST_CHARACTERS) {
          throw new MalformedFactsException(
              field.pointer(),
              "at most %d characters".formatted(MOST_CHARACTERS),
              "%d characters".formatted(text.length()));
        }
        yield text;
      }
      case DAY -> {
        String expected = "a date like `2025-06-01`";
        String text = string(parser, field.pointer(), expected);
        try {
          if (DAY.matcher(text).matches()) yield LocalDate.parse(text);
        } catch (DateTimeException e) {
          throw wrong(field.pointer(), expected + " that exists", text);
        }
        throw wrong(field.pointer(), expected, text);
      }
      case MOMENT -> {
        String expected = "a date-time with offset like `2025-06-01T09:00:00+08:00`";
        String text = string(parser, field.pointer(), expected);
        try {
          if (MOMENT.matcher(text).matches()) {
            yield OffsetDateTime.parse(text, STRICT_MOMENT).toInstant();
          }
        } catch (DateTimeException e) {
          throw wrong(field.pointer(), expected + " that exists", text);
        }
        throw wrong(field.pointer(), expected, text);
      }
      case NUMBER -> {
        String expected = "a whole number from %d to %d".formatted(field.least(), field.most());
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
            || parser.getNumberType() != JsonParser.NumberType.INT
            || parser.getIntValue() < field.least()
            || parser.getIntValue() > field.most()) {
          throw new MalformedFactsException(field.pointer(), expected, shown(parser));
        }
        yield parser.getIntValue();
      }
    };
  }

  private static Set<Object> several(FactField field, JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new MalformedFactsException(
          field.pointer(), "a list of " + oneOf(field.names()), shown(parser));
    }
    Set<Object> members = new HashSet<>();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      members.add(named(field, field.pointer() + '/' + i, parser));
    }
    return members;
  }

  private static Object named(FactField field, String pointer, JsonParser parser) {
    String expected = oneOf(field.names());
    String text = string(parser, pointer, expected);
    int i = field.names().indexOf(text);
    if (i < 0) throw wrong(pointer, expected, text);
    return field.values().get(i);
  }

  private static String string(JsonParser parser, String pointer, String expected) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new MalformedFactsException(pointer, expected, shown(parser));
    }
    return parser.getString();
  }

  private static String oneOf(List<String> names) {
    return "one of "
        + names.stream().map(name -> '`' + name + '`').collect(Collectors.joining(", "));
  }

  private static MalformedFactsException wrong(String pointer, String expected, String text) {
    return new MalformedFactsException(pointer, expected, '`' + shortened(text) + '`');
  }

  private static String shown(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case END_OBJECT, END_ARRAY -> "the end of an object or list";
      case VALUE_NULL -> "`null`";
      case VALUE_STRING -> "the text `" + shortened(parser.getString()) + '`';
      default -> '`' + shortened(parser.getString()) + '`';
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static MalformedFactsException tooLong(int length) {
    return new MalformedFactsException(
        "", "at most %d bytes".formatted(MOST_BYTES), "%d".formatted(length));
  }

  private static MalformedFactsException notJson(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return new MalformedFactsException(
          "", "JSON within bounds (nesting at most %d)".formatted(DEEPEST), "JSON beyond them");
    }
    String where =
        e instanceof StreamReadException read
            ? " at line %d, column %d"
                .formatted(read.getLocation().getLineNr(), read.getLocation().getColumnNr())
            : "";
    return new MalformedFactsException("", "JSON", "text that is not JSON" + where);
  }

  private static Map<String, Set<String>> objects() {
    Map<String, Set<String>> objects = new LinkedHashMap<>();
    for (FactField field : FactField.ALL) {
      String pointer = "";
      for (String name : field.pointer().substring(1).split("/")) {
        objects.computeIfAbsent(pointer, p -> new TreeSet<>()).add(name);
        pointer += '/' + name;
      }
    }
    return objects;
  }
}
