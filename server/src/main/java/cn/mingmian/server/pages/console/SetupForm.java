package cn.mingmian.server.pages.console;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.CaptureAreaDrawn.Corner;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.setup.Answers;
import cn.mingmian.platform.setup.StarterPlace;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The form of a set-up, as its fields are called, and the answers that it stands for.
final class SetupForm {
  private static final String ON = "on";

  private final Map<String, String> fields;

  SetupForm(Map<String, String> fields) {
    this.fields = fields;
  }

  /// What the form shows before anybody has written.
  static Map<String, String> begin(StarterPlace kind) {
    Map<String, String> fields = new HashMap<>();
    fields.put("processor", kind.processor().name());
    fields.put("public", ON);
    fields.put("days", Integer.toString(kind.usualDays()));
    fields.put("because", kind.usualReason());
    fields.put("left", "0");
    fields.put("top", "0");
    fields.put("right", "100");
    fields.put("bottom", "100");
    fields.put("smallest", "0");
    fields.put("extra", "0");
    fields.put("metres", "2");
    fields.put("way.CARD", ON);
    fields.put("way.STAFF_DESK", ON);
    kind.assessmentDraft().forEach((section, text) -> fields.put("section." + section, text));
    return fields;
  }

  /// What the form shows to somebody who changes a draft.
  static Map<String, String> of(Answers answers) {
    Map<String, String> fields = new HashMap<>();
    Answers.Processor who = answers.processor();
    fields.put("operator", who.name());
    fields.put("contact", who.contact());
    fields.put("officer", who.privacyOfficer());
    fields.put("processor", who.kind().name());
    if (who.publicFacing()) fields.put("public", ON);
    answers
        .mlps()
        .ifPresent(
            mlps -> {
              fields.put("mlpsLevel", Integer.toString(mlps.level()));
              fields.put("mlpsNumber", mlps.filingNumber());
              fields.put("mlpsOn", mlps.assessedOn().toString());
              fields.put("mlpsHash", mlps.documentHash());
            });
    fields.put("site", answers.site());
    answers.province().ifPresent(province -> fields.put("province", province.name()));
    fields.put("gate", answers.gate());
    Answers.Camera camera = answers.camera();
    fields.put("device", camera.name());
    fields.put("serial", camera.serial());
    if (camera.catalogued()) fields.put("catalogued", ON);
    camera.certificate().ifPresent(number -> fields.put("certificate", number));
    camera.lastTested().ifPresent(day -> fields.put("tested", day.toString()));
    List<Corner> corners = camera.area().corners();
    fields.put("left", percent(corners.stream().mapToDouble(Corner::x).min().orElse(0)));
    fields.put("right", percent(corners.stream().mapToDouble(Corner::x).max().orElse(1)));
    fields.put("top", percent(corners.stream().mapToDouble(Corner::y).min().orElse(0)));
    fields.put("bottom", percent(corners.stream().mapToDouble(Corner::y).max().orElse(1)));
    fields.put("smallest", percent(camera.area().smallestFaceHeight()));
    fields.put("area", camera.area().reason());
    fields.put("signHash", answers.sign().photoHash());
    fields.put("signOn", answers.sign().takenOn().toString());
    fields.put("signAt", answers.sign().position());
    fields.put("days", Integer.toString(answers.retentionDays()));
    fields.put("because", answers.retentionReason());
    fields.put("ethics", answers.ethics());
    answers
        .otherWays()
        .forEach(
            (way, terms) -> {
              fields.put("way." + way, ON);
              fields.put("extra", Integer.toString(terms.extraFen()));
              fields.put("metres", Integer.toString(terms.metresFromFace()));
              fields.put("power", terms.power());
            });
    Accessibility help = answers.accessibility();
    if (help.largeType()) fields.put("large", ON);
    if (help.readAloud()) fields.put("aloud", ON);
    if (help.assistedPath()) fields.put("assisted", ON);
    fields.put("evidence", help.evidence());
    answers.assessed().forEach((section, text) -> fields.put("section." + section, text));
    answers
        .modelsAcceptedBecause()
        .ifPresent(
            why -> {
              fields.put("modelsZh", why.zh());
              fields.put("modelsEn", why.en());
            });
    return fields;
  }

  /// @throws RejectedRecordException `field-malformed` names the field
  Answers answers() {
    return new Answers(
        new Answers.Processor(
            text("operator"),
            text("contact"),
            text("officer"),
            choice("processor", ProcessorKind.class),
            on("public")),
        maybe("mlpsLevel")
            .map(
                level ->
                    new Mlps(
                        whole("mlpsLevel", level),
                        text("mlpsNumber"),
                        day("mlpsOn"),
                        hash("mlpsHash"))),
        text("site"),
        Territory.CN,
        maybe("province").map(p -> choice("province", Province.class)),
        text("gate"),
        new Answers.Camera(
            text("device"),
            text("serial"),
            on("catalogued"),
            maybe("certificate"),
            maybe("tested").map(d -> day("tested")),
            area()),
        new Answers.Signpost(hash("signHash"), day("signOn"), text("signAt")),
        whole("days", text("days")),
        text("because"),
        text("ethics"),
        ways(),
        new Accessibility(on("large"), on("aloud"), on("assisted"), text("evidence")),
        sections(),
        maybe("modelsZh").map(zh -> new Bilingual(zh, text("modelsEn"))));
  }

  private CaptureAreaDrawn area() {
    double left = part("left");
    double right = part("right");
    double top = part("top");
    double bottom = part("bottom");
    if (left >= right || top >= bottom) throw malformed("right", "an area that has a size");
    return new CaptureAreaDrawn(
        List.of(
            new Corner(left, top),
            new Corner(right, top),
            new Corner(right, bottom),
            new Corner(left, bottom)),
        part("smallest"),
        text("area"));
  }

  private Map<Alternative, WayTerms> ways() {
    WayTerms terms =
        new WayTerms(
            whole("extra", text("extra")),
            whole("metres", text("metres")),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            text("power"));
    Map<Alternative, WayTerms> ways = new EnumMap<>(Alternative.class);
    for (Alternative way : Alternative.values()) if (on("way." + way)) ways.put(way, terms);
    return ways;
  }

  private Map<Section, String> sections() {
    Map<Section, String> sections = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      maybe("section." + section).ifPresent(text -> sections.put(section, text));
    }
    return sections;
  }

  private Optional<String> maybe(String field) {
    return Optional.ofNullable(fields.get(field)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private String text(String field) {
    return maybe(field)
        .filter(value -> value.length() <= 2_000)
        .orElseThrow(() -> malformed(field, "1 to 2000 characters"));
  }

  private boolean on(String field) {
    return fields.containsKey(field);
  }

  private LocalDate day(String field) {
    try {
      return LocalDate.parse(text(field));
    } catch (DateTimeException e) {
      throw malformed(field, "a day like 2026-11-23");
    }
  }

  private String hash(String field) {
    String hash = text(field);
    if (!hash.matches("[0-9a-f]{64}")) throw malformed(field, "64 hexadecimal digits");
    return hash;
  }

  private static int whole(String field, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number < 0) throw malformed(field, "a number that is not negative");
      return number;
    } catch (NumberFormatException e) {
      throw malformed(field, "a whole number");
    }
  }

  private double part(String field) {
    int percent = whole(field, text(field));
    if (percent > 100) throw malformed(field, "0 to 100");
    return percent / 100.0;
  }

  private <E extends Enum<E>> E choice(String field, Class<E> type) {
    try {
      return Enum.valueOf(type, text(field));
    } catch (IllegalArgumentException e) {
      throw malformed(field, "one of its choices");
    }
  }

  private static String percent(double part) {
    return Long.toString(Math.round(part * 100));
  }

  private static RejectedRecordException malformed(String field, String expected) {
    return new RejectedRecordException(
        "field-malformed", "`%s`: expected %s".formatted(field, expected));
  }
}
