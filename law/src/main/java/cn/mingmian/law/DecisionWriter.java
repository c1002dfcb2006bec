package cn.mingmian.law;

import cn.mingmian.law.rules.DueBy;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Text;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes decisions as JSON. Thread-safe.
public final class DecisionWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private DecisionWriter() {}

  public static String write(Decision decision) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      write(decision, json);
    }
    return out.toString();
  }

  /// Writes one object at the place where `json` stands.
  public static void write(Decision decision, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("outcome", decision.outcome().name());
    json.writeStringProperty("rulebook", decision.rulebook());
    json.writeArrayPropertyStart("findings");
    for (Finding finding : decision.findings()) write(decision, finding, json);
    json.writeEndArray();
    json.writeArrayPropertyStart("duties");
    for (Duty duty : decision.duties()) write(duty, json);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Decision decision, Finding finding, JsonGenerator json) {
    Rule rule = finding.rule();
    json.writeStartObject();
    json.writeStringProperty("rule", rule.id());
    json.writeStringProperty("result", finding.result().name());
    json.writeStringProperty("reason", finding.reason().name());
    json.writeStringProperty("authority", rule.instrument().authority().name());
    json.writeBooleanProperty("law", rule.instrument().authority().isLaw());
    write("standing", rule.instrument().authority().words(), json);
    write("citation", rule.citation(), json);
    write("why", finding.why(), json);
    write("remedy", finding.remedy(), json);
    write("liability", rule.liability(), json);
    Map<String, String> evidence = decision.evidence(finding);
    if (!evidence.isEmpty()) {
      json.writeObjectPropertyStart("evidence");
      evidence.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(Duty duty, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("kind", duty.kind().name());
    json.writeStringProperty("rule", duty.rule().id());
    duty.due().ifPresent(by -> json.writeStringProperty("due", by.text()));
    if (duty.by() instanceof DueBy.Day day && !day.isFinal()) {
      json.writeBooleanProperty("provisional", true);
    }
    write("what", duty.kind().words(), json);
    json.writeEndObject();
  }

  private static void write(String name, Text text, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("zh", text.zh());
    json.writeStringProperty("en", text.en());
    json.writeEndObject();
  }
}
