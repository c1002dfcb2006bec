package cn.mingmian.law.cases;

import cn.mingmian.law.facts.MalformedFactsException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// A JSON document as maps, lists and scalars, and the merge patch of RFC 7396. Numbers keep the
/// text they were written in, so that reading and writing changes nothing.
sealed interface Json {
  /// An object, in the order it was written.
  record Obj(Map<String, Json> members) implements Json {}

  /// An array.
  record Arr(List<Json> elements) implements Json {}

  /// A string.
  record Str(String text) implements Json {}

  /// `true`, `false` or a number, as written.
  record Raw(String text) implements Json {}

  /// `null`
  record Null() implements Json {}

  JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxDocumentLength(16L * 1024 * 1024)
                  .build())
          .build();

  /// @throws MalformedFactsException for anything that is not one JSON document in UTF-8
  static Json parse(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8(bytes))) {
      if (parser.nextToken() == null) {
        throw new MalformedFactsException("", "JSON", "nothing");
      }
      Json json = value(parser);
      if (parser.nextToken() != null) {
        throw new MalformedFactsException("", "the end after one document", "more text");
      }
      return json;
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new MalformedFactsException(
          "", "JSON with each name once and at most 32 levels", "text that is not" + where);
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFactsException("", "text in UTF-8", "bytes that are not UTF-8");
    }
  }

  private static Json value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield new Obj(members);
      }
      case START_ARRAY -> {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) elements.add(value(parser));
        yield new Arr(elements);
      }
      case VALUE_STRING -> new Str(parser.getString());
      case VALUE_NULL -> new Null();
      default -> new Raw(parser.getString());
    };
  }

  /// RFC 7396: members of the patch replace, `null` removes, anything but an object replaces all.
  static Json patched(@Nullable Json target, Json patch) {
    if (!(patch instanceof Obj(Map<String, Json> changes))) return patch;
    Map<String, Json> members =
        target instanceof Obj(Map<String, Json> present)
            ? new LinkedHashMap<>(present)
            : new LinkedHashMap<>();
    changes.forEach(
        (name, change) -> {
          if (change instanceof Null) members.remove(name);
          else members.put(name, patched(members.get(name), change));
        });
    return new Obj(members);
  }

  /// The document as text.
  static String write(Json json) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(json, generator);
    }
    return out.toString();
  }

  private static void write(Json json, JsonGenerator generator) {
    switch (json) {
      case Obj(Map<String, Json> members) -> {
        generator.writeStartObject();
        members.forEach(
            (name, member) -> {
              generator.writeName(name);
              write(member, generator);
            });
        generator.writeEndObject();
      }
      case Arr(List<Json> elements) -> {
        generator.writeStartArray();
        elements.forEach(element -> write(element, generator));
        generator.writeEndArray();
      }
      case Str(String text) -> generator.writeString(text);
      case Raw(String text) -> generator.writeRawValue(text);
      case Null() -> generator.writeNull();
    }
  }
}
