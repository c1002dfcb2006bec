package cn.mingmian.server.pages;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Finding;
import cn.mingmian.law.Outcome;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.law.rules.Text;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.whatif.CureView;
import cn.mingmian.server.whatif.Examples;
import cn.mingmian.server.whatif.FactLabels;
import cn.mingmian.server.whatif.Situation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The what-if page: a situation as form fields, the decision beside it, and which single facts
/// would change a refusal. Works without scripts; with them the decision follows each change.
@Controller
class WhatIfController {

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Rulebook rulebook = Rulebook.standard();
  private final FactLabels labels = FactLabels.standard();

  /// One choice of a control.
  record Choice(String value, String label, boolean chosen) {}

  /// One control of the form.
  ///
  /// @param kind  `truth`, `one`, `several`, `text`, `day`, `moment` or `number`
  record Control(String pointer, String kind, String label, String value, List<Choice> choices) {}

  /// Controls that belong together.
  ///
  /// @param help  what they are about
  /// @param told  how many of them say something
  record Group(
      String id, String title, String help, long told, boolean open, List<Control> controls) {}

  /// One violated rule, in the reader's language.
  record Violation(
      String rule, String citation, String why, String remedy, boolean unproven, boolean law) {}

  record DutyLine(String rule, String what, String due) {}

  /// One fact that would change the answer.
  ///
  /// @param set  `pointer=value,value` as the form sends it back
  record CureLine(String text, String set, boolean permits, int lifts) {}

  @GetMapping("/what-if")
  @Open
  String start(@RequestParam Optional<String> example, Model model, Locale locale) {
    Examples chosen = example.flatMap(Examples::named).orElseGet(() -> Examples.all().getFirst());
    model.addAttribute("chosen", chosen.id());
    show(Situation.of(chosen.facts()), model, locale, true, List.of());
    return "what-if";
  }

  @PostMapping(path = "/what-if", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  @Open
  String change(
      @RequestParam Optional<String> set, Model model, HttpServletRequest request, Locale locale) {
    Situation situation = Situation.ofForm(request.getParameterMap());
    if (set.isPresent()) {
      String[] parts = set.get().split("=", 2);
      if (parts.length == 2 && FactField.ALL.stream().anyMatch(f -> f.pointer().equals(parts[0]))) {
        situation =
            situation.with(
                parts[0], parts[1].isEmpty() ? List.of() : Arrays.asList(parts[1].split(",", -1)));
      }
    }
    show(situation, model, locale, true, previous(request));
    return "what-if";
  }

  /// The decision alone, for a page that follows each change.
  @PostMapping(path = "/what-if/decision", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  @Open
  String decision(Model model, HttpServletRequest request, Locale locale) {
    show(Situation.ofForm(request.getParameterMap()), model, locale, false, previous(request));
    return "what-if :: answer";
  }

  /// A shared file, opened.
  @PostMapping(path = "/what-if/open", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  @Open
  String open(@RequestParam String facts, Model model, Locale locale) {
    try {
      show(Situation.of(FactsReader.read(facts)), model, locale, true, List.of());
    } catch (MalformedFactsException malformed) {
      show(Situation.of(Examples.all().getFirst().facts()), model, locale, true, List.of());
      model.addAttribute("fault", fault(malformed, locale));
    }
    return "what-if";
  }

  /// The situation as a file to share.
  @PostMapping(path = "/what-if/file", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  @Open
  ResponseEntity<?> file(HttpServletRequest request) {
    try {
      Facts facts = Situation.ofForm(request.getParameterMap()).facts();
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .header("Content-Disposition", "attachment; filename=\"situation.json\"")
          .body(PRETTY.writeValueAsString(PRETTY.readTree(FactsWriter.write(facts))) + "\n");
    } catch (MalformedFactsException malformed) {
      throw cn.mingmian.server.http.ProblemException.field(
          malformed.pointer(),
          "expected %s, found %s".formatted(malformed.expected(), malformed.found()));
    }
  }

  private void show(
      Situation situation, Model model, Locale locale, boolean whole, List<String> before) {
    boolean english = locale.getLanguage().equals("en");
    if (whole) {
      model.addAttribute("groups", groups(situation, english));
      model.addAttribute(
          "examples",
          Examples.all().stream()
              .map(example -> new Choice(example.id(), in(example.name(), english), false))
              .toList());
    }
    try {
      Facts facts = situation.facts();
      Decision decision = rulebook.decide(facts);
      model.addAttribute("outcome", decision.outcome().name());
      model.addAttribute("refused", decision.outcome() == Outcome.REFUSE);
      List<Violation> violations =
          decision.violations().stream()
              .map(
                  finding ->
                      new Violation(
                          finding.rule().id(),
                          in(finding.rule().citation(), english),
                          in(finding.why(), english),
                          in(finding.remedy(), english),
                          finding.reason() == Finding.Reason.NOT_ESTABLISHED,
                          finding.rule().instrument().authority().isLaw()))
              .toList();
      model.addAttribute("violations", violations);
      List<String> now = decision.violated();
      model.addAttribute("previous", String.join(" ", now));
      model.addAttribute("gone", before.stream().filter(rule -> !now.contains(rule)).toList());
      model.addAttribute(
          "fresh",
          before.isEmpty() ? List.of() : now.stream().filter(r -> !before.contains(r)).toList());
      model.addAttribute(
          "duties",
          decision.duties().stream()
              .map(
                  duty ->
                      new DutyLine(
                          duty.rule().id(),
                          in(duty.kind().words(), english),
                          duty.due().map(by -> by.text()).orElse("")))
              .toList());
      List<CureLine> lines =
          fewOfEach(CureView.of(rulebook, facts)).stream()
              .map(cure -> line(cure, english))
              .toList();
      model.addAttribute("permitting", lines.stream().filter(CureLine::permits).toList());
      model.addAttribute("lifting", lines.stream().filter(line -> !line.permits()).toList());
    } catch (MalformedFactsException malformed) {
      model.addAttribute("fault", fault(malformed, locale));
      model.addAttribute("outcome", "NONE");
      model.addAttribute("refused", false);
      model.addAttribute("violations", List.of());
      model.addAttribute("duties", List.of());
      model.addAttribute("permitting", List.of());
      model.addAttribute("lifting", List.of());
      model.addAttribute("previous", "");
      model.addAttribute("gone", List.of());
      model.addAttribute("fresh", List.of());
    }
  }

  private List<Group> groups(Situation situation, boolean english) {
    Map<String, List<Control>> byGroup = new LinkedHashMap<>();
    for (FactField field : FactField.ALL) {
      byGroup
          .computeIfAbsent(group(field.pointer()), fresh -> new ArrayList<>())
          .add(control(field, situation, english));
    }
    List<Group> groups = new ArrayList<>();
    byGroup.forEach(
        (pointer, controls) ->
            groups.add(
                new Group(
                    pointer.substring(1),
                    labels
                        .ofGroup(pointer.substring(1))
                        .map(label -> in(label, english))
                        .orElse(pointer),
                    labels.ofHelp(pointer.substring(1)).map(help -> in(help, english)).orElse(""),
                    controls.stream()
                        .filter(control -> situation.values().containsKey(control.pointer()))
                        .count(),
                    pointer.equals("/operation"),
                    controls)));
    return groups;
  }

  /// When and under which law stands with the operation; single facts stand with their kin.
  private static String group(String pointer) {
    return switch (pointer) {
      case "/at", "/packs" -> "/operation";
      case "/alternativeReasonable" -> "/alternatives";
      default -> "/" + pointer.substring(1).split("/")[0];
    };
  }

  private Control control(FactField field, Situation situation, boolean english) {
    String pointer = field.pointer();
    List<Choice> choices =
        field.names().stream()
            .map(
                name ->
                    new Choice(
                        name,
                        labels.ofValue(pointer, name).map(label -> in(label, english)).orElse(name),
                        situation.has(pointer, name)))
            .toList();
    return new Control(
        pointer,
        field.type().name().toLowerCase(Locale.ROOT),
        labels.ofField(pointer).map(label -> in(label, english)).orElse(pointer),
        situation.one(pointer),
        choices);
  }

  /// At most three values of one field: a reader wants to know the field, not every value.
  private static List<CureView> fewOfEach(List<CureView> all) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    return all.stream().filter(cure -> seen.merge(cure.pointer(), 1, Integer::sum) <= 3).toList();
  }

  private CureLine line(CureView cure, boolean english) {
    String label =
        labels.ofField(cure.pointer()).map(text -> in(text, english)).orElse(cure.pointer());
    List<String> names = new ArrayList<>();
    List<String> words = new ArrayList<>();
    if (cure.value() instanceof List<?> several) {
      several.forEach(each -> names.add(String.valueOf(each)));
    } else {
      names.add(String.valueOf(cure.value()));
    }
    for (String name : names) {
      words.add(
          switch (name) {
            case "true" -> english ? "yes" : "是";
            case "false" -> english ? "no" : "否";
            default ->
                labels.ofValue(cure.pointer(), name).map(text -> in(text, english)).orElse(name);
          });
    }
    String value = String.join(english ? ", " : "、", words);
    return new CureLine(
        label + (english ? ": " : "：") + (value.isEmpty() ? (english ? "none" : "无") : value),
        cure.pointer() + "=" + String.join(",", names),
        cure.permits(),
        cure.lifts().size());
  }

  private String fault(MalformedFactsException malformed, Locale locale) {
    boolean english = locale.getLanguage().equals("en");
    String field =
        labels
            .ofField(malformed.pointer())
            .map(label -> in(label, english))
            .orElse(malformed.pointer());
    return english
        ? "%s: expected %s".formatted(field, malformed.expected())
        : "“%s”填写有误（应为 %s）".formatted(field, malformed.expected());
  }

  private static List<String> previous(HttpServletRequest request) {
    String previous = request.getParameter("previous");
    return previous == null || previous.isBlank() ? List.of() : List.of(previous.split(" "));
  }

  private static String in(Text text, boolean english) {
    return english ? text.en() : text.zh();
  }
}
