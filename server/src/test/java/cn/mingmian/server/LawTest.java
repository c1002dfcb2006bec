package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.Rulebook;
import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.server.RunningServer.Answer;
import cn.mingmian.server.whatif.CureView;
import cn.mingmian.server.whatif.Examples;
import cn.mingmian.server.whatif.FactLabels;
import cn.mingmian.server.whatif.Situation;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What-if, the rulebook and the linters, over HTTP and on the page.
class LawTest {

  private final RunningServer server = RunningServer.get();

  private Answer decide(String json) {
    return server.send(
        server
            .request("/v1/decisions")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static Facts example(String id) {
    return Examples.named(id).orElseThrow().facts();
  }

  @Test
  void a_lawful_gate_is_permitted_with_duties_and_the_same_gate_without_another_way_is_refused() {
    Answer lawful = decide(FactsWriter.write(example("gate"))).expect(200);
    assertThat(lawful.at("/outcome")).isEqualTo("PERMIT_WITH_DUTIES");
    Answer refused = decide(FactsWriter.write(example("only-way"))).expect(200);
    assertThat(refused.at("/outcome")).isEqualTo("REFUSE");
    assertThat(refused.text()).contains("MEASURES-2025/10.1");
    JsonNode first = refused.json().at("/findings/0");
    assertThat(first.at("/why/zh").asString()).isNotBlank();
    assertThat(first.at("/remedy/en").asString()).isNotBlank();
  }

  @Test
  void nothing_told_is_refused() {
    assertThat(
            decide("{\"at\":\"2026-11-20T08:00:00+08:00\",\"operation\":{\"verb\":\"VERIFY\"}}")
                .expect(200)
                .at("/outcome"))
        .isEqualTo("REFUSE");
  }

  @Test
  void malformed_facts_are_a_problem_with_the_pointer_of_the_field() {
    Answer unknown =
        decide(
            "{\"at\":\"2026-11-20T08:00:00+08:00\",\"operation\":{\"verb\":\"VERIFY\"},"
                + "\"consent\":{\"frm\":\"SEPARATE\"}}");
    unknown.expectProblem(400, "invalid_field");
    assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/consent/frm");
    Answer date = decide("{\"at\":\"yesterday\",\"operation\":{\"verb\":\"VERIFY\"}}");
    assertThat(date.expectProblem(400, "invalid_field").at("/errors/0/pointer")).isEqualTo("/at");
    decide("{").expect(400);
    decide("[]").expect(400);
  }

  @Test
  void every_base_situation_of_the_exchange_format_is_decided_as_the_library_does()
      throws Exception {
    Path bases = shared().resolve("law/cases/base");
    Assumptions.assumeTrue(Files.isDirectory(bases), "the shared cases are not here");
    try (var files = Files.list(bases)) {
      for (Path file : files.toList()) {
        String facts = Files.readString(file);
        assertThat(decide(facts).expect(200).at("/outcome"))
            .as("%s", file.getFileName())
            .isEqualTo(Rulebook.standard().decide(FactsReader.read(facts)).outcome().name());
      }
    }
  }

  @Test
  void a_cure_that_is_said_to_permit_does() {
    for (Examples example : Examples.all()) {
      Situation situation = Situation.of(example.facts());
      for (CureView cure : CureView.of(Rulebook.standard(), situation.facts())) {
        List<String> value = new ArrayList<>();
        if (cure.value() instanceof List<?> several) {
          several.forEach(each -> value.add(each.toString()));
        } else {
          value.add(cure.value().toString());
        }
        Facts changed = situation.with(cure.pointer(), value).facts();
        assertThat(Rulebook.standard().decide(changed).isPermitted())
            .as("%s with %s", example.id(), cure)
            .isEqualTo(cure.permits());
      }
    }
  }

  @Test
  void a_changing_room_cannot_be_cured_by_anything_that_can_be_done_there() {
    List<CureView> cures = CureView.of(Rulebook.standard(), example("changing-room"));
    assertThat(cures).noneMatch(CureView::permits);
  }

  @Test
  void what_is_permitted_needs_no_cure() {
    assertThat(CureView.of(Rulebook.standard(), example("gate"))).isEmpty();
    Answer none =
        server.send(
            server
                .request("/v1/decisions/cures")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(FactsWriter.write(example("gate")))));
    assertThat(none.expect(200).json().at("/items").size()).isZero();
  }

  @Test
  void every_field_and_value_has_a_name_in_both_languages() {
    List<String> nameless = new ArrayList<>();
    for (FactField field : FactField.ALL) {
      String group = field.pointer().split("/")[1];
      if (!Set.of("at", "packs", "alternativeReasonable").contains(group)
          && FactLabels.standard().ofHelp(group).isEmpty()) {
        nameless.add("help/" + group);
      }
      if (FactLabels.standard().ofField(field.pointer()).isEmpty()) {
        nameless.add(field.pointer());
      }
      for (String name : field.names()) {
        if (FactLabels.standard().ofValue(field.pointer(), name).isEmpty()) {
          nameless.add(field.pointer() + "=" + name);
        }
      }
    }
    assertThat(nameless).isEmpty();
  }

  @Test
  void a_situation_survives_the_way_through_the_form() {
    for (Examples example : Examples.all()) {
      Facts there = Situation.of(example.facts()).facts();
      assertThat(Rulebook.standard().decide(there).violated())
          .as("%s", example.id())
          .isEqualTo(Rulebook.standard().decide(example.facts()).violated());
    }
  }

  @Test
  void the_page_shows_the_decision_in_both_languages_without_another_host() {
    String page = server.get("/what-if?example=only-way").expect(200).text();
    assertThat(page).contains("不得进行", "MEASURES-2025/10.1", "lang=\"zh-CN\"");
    assertThat(page).doesNotContain("http://", "https://").doesNotContain("??");
    assertThat(page).doesNotContain("style=\"").doesNotContain("onclick");
    String english = server.get("/what-if?example=only-way&lang=en").expect(200).text();
    assertThat(english).contains("It may not be done", "lang=\"en\"").doesNotContain("??");
    for (String part : List.of("/style.css", "/what-if.js", "/webjars/htmx/htmx.min.js")) {
      server.get(part).expect(200);
    }
  }

  @Test
  void the_decision_follows_a_changed_field() {
    String before = form(Situation.of(example("only-way")));
    Answer refused = postForm("/what-if/decision", before);
    assertThat(refused.expect(200).text()).contains("不得进行");
    Situation cured =
        Situation.of(example("only-way"))
            .with("/alternatives", List.of("CARD"))
            .with("/alternativeReasonable", List.of("true"));
    Answer permitted =
        postForm("/what-if/decision", form(cured) + "&previous=MEASURES-2025%2F10.1");
    assertThat(permitted.expect(200).text())
        .contains("可以进行")
        .contains("MEASURES-2025/10.1")
        .doesNotContain("<html");
  }

  @Test
  void a_situation_can_be_saved_and_opened_again() {
    Answer saved = postForm("/what-if/file", form(Situation.of(example("child"))));
    assertThat(saved.expect(200).header("Content-Disposition")).contains("attachment");
    assertThat(FactsReader.read(saved.text()).person().birthDate())
        .isEqualTo(example("child").person().birthDate());
    Answer opened =
        postForm(
            "/what-if/open", "facts=" + URLEncoder.encode(saved.text(), StandardCharsets.UTF_8));
    assertThat(opened.expect(200).text()).contains("2014-05-02");
    Answer broken = postForm("/what-if/open", "facts=%7B%22at%22%3A1%7D");
    assertThat(broken.expect(200).text()).contains("填写有误");
  }

  @Test
  void what_somebody_types_comes_back_as_text_and_never_as_markup() {
    Situation hostile =
        Situation.of(example("gate"))
            .with("/operation/recipient", List.of("<script>alert(1)</script>\"'"));
    String page = postForm("/what-if", form(hostile)).expect(200).text();
    assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;");
  }

  @Test
  void rules_can_be_read_one_by_one_and_page_by_page() {
    assertThat(server.get("/v1/rules/MEASURES-2025/13.2").expect(200).at("/citation/zh"))
        .contains("第13条");
    server.get("/v1/rules/MEASURES-2025/99").expectProblem(404, "not_found");
    int seen = 0;
    String path = "/v1/rules?limit=40";
    while (true) {
      Answer page = server.get(path).expect(200);
      seen += page.json().at("/items").size();
      if (page.at("/next").isEmpty()) {
        break;
      }
      path = "/v1/rules?limit=40&cursor=" + page.at("/next");
    }
    assertThat(seen).isEqualTo(Rulebook.standard().rules().size());
  }

  @Test
  void packs_are_explained_and_never_called_law() {
    JsonNode packs = server.get("/v1/rule-packs").expect(200).json().at("/items");
    assertThat(packs.size()).isEqualTo(3);
    for (JsonNode pack : packs) {
      assertThat(pack.at("/law").asBoolean()).isFalse();
      assertThat(pack.at("/what/zh").asString()).contains("不是法律");
      assertThat(pack.at("/what/en").asString()).contains("not law");
      assertThat(pack.at("/on").asBoolean())
          .isEqualTo(pack.at("/pack").asString().equals("STANDARDS"));
    }
  }

  @Test
  void a_stored_decision_is_replayed_over_http() {
    String facts = FactsWriter.write(example("only-way"));
    String decision = decide(facts).expect(200).text();
    Answer same = replay("{\"facts\":%s,\"decision\":%s}".formatted(facts, decision));
    assertThat(same.expect(200).at("/result")).isEqualTo("SAME");
    Answer turned =
        replay(
            "{\"facts\":%s,\"decision\":%s}"
                .formatted(facts, decision.replace("\"REFUSE\"", "\"PERMIT\"")));
    assertThat(turned.expect(200).at("/result")).isEqualTo("UNEXPLAINED");
    assertThat(turned.at("/differences/0/what")).isEqualTo("outcome");
    assertThat(replay("{}").expectProblem(400, "invalid_field").at("/errors/0/pointer"))
        .isEqualTo("/facts");
    server.get("/v1/decisions/dec_none").expect(401);
  }

  private Answer replay(String file) {
    return server.send(
        server
            .request("/v1/decisions/replay")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(file)));
  }

  @Test
  void texts_are_checked_before_people_read_them() {
    Answer bad =
        server.send(
            server
                .request("/v1/lint/terms")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"用户同意授予本公司对其人脸信息永久、不可撤销的使用权。\"}")));
    assertThat(bad.expect(200).text()).contains("SPC-2021/11", "IRREVOCABLE");
    Answer clean =
        server.send(
            server
                .request("/v1/lint/terms")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"您可以随时撤回同意。\"}")));
    assertThat(clean.expect(200).json().at("/items").size()).isZero();
  }

  private Answer postForm(String path, String form) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String form(Situation situation) {
    return situation.values().entrySet().stream()
        .flatMap(
            field ->
                field.getValue().stream()
                    .map(
                        value ->
                            URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                                + "="
                                + URLEncoder.encode(value, StandardCharsets.UTF_8)))
        .collect(Collectors.joining("&"));
  }

  private static Path shared() {
    return Path.of(System.getProperty("mingmian.root", "..")).resolve("../shared");
  }
}
