package cn.mingmian.platform.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bytes of an entry: one JSON object in UTF-8, fields in a fixed order, facts sorted by name.
final class EntryText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EntryText() {}

  static byte[] write(EntryId id, Instant at, Entry entry, byte @Nullable [] commitment) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("v", 1);
    object.put("id", id.value());
    object.put("at", at.toString());
    object.put("kind", entry.kind().name());
    if (!entry.facts().isEmpty()) object.put("facts", entry.facts());
    if (commitment != null) {
      object.put("commitment", Base64.getEncoder().encodeToString(commitment));
    }
    if (!entry.tags().isEmpty()) {
      object.put("tags", entry.tags().stream().map(Tag::text).toList());
    }
    return JSON.writeValueAsBytes(object);
  }

  static byte[] preimage(Entry entry) {
    return JSON.writeValueAsBytes(entry.sealedFacts());
  }

  /// What can be read back from the log alone.
  record Read(String id, Instant at, String kind, List<Tag> tags) {}

  static Read read(byte[] entry) {
    try {
      JsonNode object = JSON.readTree(entry);
      List<Tag> tags = new ArrayList<>();
      for (JsonNode tag : object.path("tags")) tags.add(new Tag(tag.stringValue()));
      return new Read(
          object.required("id").stringValue(),
          Instant.parse(object.required("at").stringValue()),
          object.required("kind").stringValue(),
          List.copyOf(tags));
    } catch (JacksonException | java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "log entry `%s` is not of this program"
              .formatted(new String(entry, 0, Math.min(entry.length, 80), StandardCharsets.UTF_8)),
          e);
    }
  }
}
