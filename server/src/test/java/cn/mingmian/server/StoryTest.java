package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.ledger.LogReport;
import cn.mingmian.ledger.LogVerifier;
import cn.mingmian.ledger.ReceiptVerifier;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.server.RunningServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From an empty server to somebody recognised lawfully, refused lawfully, and forgotten with
/// proof: over HTTPS, with the real models and the synthetic faces. Its requests and answers are
/// the examples of the API document.
class StoryTest {

  private final RunningServer server = RunningServer.fresh(settings -> settings);
  @TempDir Path copy;
  private final List<String> entries = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void recognised_lawfully_refused_lawfully_and_forgotten_with_proof() throws IOException {
    HttpGate.needModels();
    Tape tape = new Tape(server);
    HttpGate gate = HttpGate.setUp(server, server.officer, server.deputy, tape);

    String lin = gate.person(HttpGate.GROWN_UP);
    String chen = gate.person(HttpGate.GROWN_UP.minusYears(8));
    gate.consent(lin);
    String ofChen = gate.consent(chen);
    enrolled(gate, lin, "images/p01/enrol.jpg");
    enrolled(gate, chen, "images/p02/enrol.jpg");
    gate.enrol(chen, HttpGate.photo("images/p02/enrol.jpg")).expectProblem(409, "already_enrolled");

    recognises(gate, lin, chen);
    refuses(gate, lin);
    looksUp(gate, lin, chen);
    forgets(gate, chen, ofChen);
    erasesOnRequest(gate, lin);
    proves();
    keepsTheOtherRecords(gate);

    tape.compare();
  }

  // ---- what the law allows

  private void enrolled(HttpGate gate, String person, String photo) {
    Answer answer = gate.enrol(person, HttpGate.photo(photo)).expect(201);
    assertThat(answer.text()).doesNotContain("embedding").doesNotContain("template\":");
    entries.add(answer.at("/entryId"));
  }

  private void recognises(HttpGate gate, String lin, String chen) {
    JsonNode same = gate.verify(lin, HttpGate.photo("images/p01/day1.jpg")).expect(200).json();
    assertThat(same.at("/matched").asBoolean()).isTrue();
    assertThat(same.at("/score").asDouble()).isGreaterThan(same.at("/threshold").asDouble());
    assertThat(same.at("/fmr").asDouble()).isLessThanOrEqualTo(1e-4);
    entries.add(same.at("/entryId").asString());

    JsonNode other = gate.verify(chen, HttpGate.photo("images/p01/day2.jpg")).expect(200).json();
    assertThat(other.at("/matched").asBoolean()).isFalse();

    JsonNode found = gate.identify(HttpGate.photo("images/p02/day1.jpg")).expect(200).json();
    assertThat(found.at("/members").size()).isEqualTo(1);
    assertThat(found.at("/members/0/person").asString()).isEqualTo(chen);

    JsonNode stranger = gate.identify(HttpGate.photo("images/p22/day1.jpg")).expect(200).json();
    assertThat(stranger.at("/members").isEmpty()).isTrue();
    assertThat(stranger.at("/searched").asInt()).isEqualTo(2);
  }

  // ---- what the law refuses

  private void refuses(HttpGate gate, String enrolled) {
    byte[] face = HttpGate.photo("images/p06/enrol.jpg");
    refused(
        gate.enrol(gate.person(HttpGate.GROWN_UP), face.clone()), "MEASURES-2025/6.1", "PIPL/29");

    String bundled = gate.person(HttpGate.GROWN_UP);
    gate.consent(bundled, "小区会员条款", "营销短信");
    refused(gate.enrol(bundled, face.clone()), "SPC-2021/4.2");

    String child = gate.person(gate.today().minusYears(12));
    gate.consent(child);
    refused(gate.enrol(child, face.clone()), "MEASURES-2025/7.1");

    String room =
        HttpGate.id(
            gate.post("/v1/zones", gate.zoneAt("健身房更衣室", "PRIVATE_SPACE", "CHANGING_ROOM")));
    gate.api
        .post("/v1/devices", gate.officer, gate.deviceIn(room))
        .expectProblem(409, "private_space");

    // Card and desk break down while somebody stands there; then nobody is even asked.
    var fields = gate.fields(Optional.of(enrolled));
    gate.waysWork(false);
    byte[] again = HttpGate.photo("images/p01/day1.jpg");
    refused(
        gate.api.postPhoto("/v1/verifications", gate.officer, fields, again),
        "MEASURES-2025/10.1",
        "SPC-2021/10.1");
    refused(gate.api.post("/v1/sessions", gate.officer, gate.opening()), "MEASURES-2025/10.1");
    gate.waysWork(true);

    gate.verify(enrolled, HttpGate.photo("attacks/p01_print.jpg"))
        .expectProblem(422, "spoof_suspected");
  }

  private void refused(Answer answer, String... rules) {
    answer.expectProblem(403, "refused");
    List<String> violated = new ArrayList<>();
    for (JsonNode finding : answer.json().at("/findings")) {
      violated.add(finding.at("/rule").asString());
      assertThat(finding.at("/why/zh").asString()).isNotBlank();
      assertThat(finding.at("/remedy/en").asString()).isNotBlank();
    }
    assertThat(violated).contains(rules);
    entries.add(answer.at("/entryId"));
  }

  // ---- looking things up

  /// Whether a decision's facts tell an age; that it is never somebody's birthday.
  private static boolean tellsAnAgeClassAlone(HttpGate gate, String decision) {
    JsonNode facts = gate.get("/v1/decisions/" + decision).json().at("/facts");
    JsonNode told = facts.at("/person/birthDate");
    if (told.isMissingNode()) return false;
    LocalDate today =
        OffsetDateTime.parse(facts.at("/at").asString())
            .atZoneSameInstant(ZoneId.of("Asia/Shanghai"))
            .toLocalDate();
    assertThat(LocalDate.parse(told.asString()))
        .isIn(today.minusYears(13), today.minusYears(14), today.minusYears(18));
    return true;
  }

  private void looksUp(HttpGate gate, String lin, String chen) {
    JsonNode page = gate.get("/v1/decisions?limit=3").json();
    assertThat(page.at("/items").size()).isEqualTo(3);
    JsonNode next = gate.get("/v1/decisions?limit=3&cursor=" + page.at("/next").asString()).json();
    assertThat(next.at("/items/0/at").asString())
        .isLessThanOrEqualTo(page.at("/items/2/at").asString());
    Set<String> ids = new TreeSet<>();
    page.at("/items").forEach(each -> ids.add(each.at("/id").asString()));
    next.at("/items").forEach(each -> ids.add(each.at("/id").asString()));
    assertThat(ids).hasSize(6);
    assertThat(page.toString() + next).doesNotContain(lin, chen);
    long ages = ids.stream().filter(id -> tellsAnAgeClassAlone(gate, id)).count();
    assertThat(ages).as("decisions about somebody whose age is known").isPositive();
    String decision = page.at("/items/0/id").asString();
    assertThat(gate.get("/v1/decisions/" + decision).text()).doesNotContain(lin, chen);
    assertThat(gate.get("/v1/decisions/" + decision + "/replay").json().at("/differences").size())
        .isZero();

    JsonNode task = gate.get("/v1/tasks").json().at("/items/0");
    assertThat(gate.get("/v1/tasks/" + task.at("/id").asString()).at("/rule"))
        .isEqualTo(task.at("/rule").asString());
    Answer done =
        gate.post(
            "/v1/tasks/" + task.at("/id").asString() + "/done",
            "{\"evidence\":\"2026-11-22 值班记录\"}");
    assertThat(done.at("/doneAt")).isNotBlank();
    gate.api
        .post(
            "/v1/tasks/" + task.at("/id").asString() + "/done",
            gate.officer,
            "{\"evidence\":\"again\"}")
        .expectProblem(404, "unknown_open_task");

    JsonNode passages = gate.get(gate.at("/passages?limit=5")).json();
    assertThat(passages.at("/items").size()).isEqualTo(5);
    assertThat(passages.toString()).doesNotContain(lin).doesNotContain(chen);

    JsonNode copy = gate.get("/v1/people/" + chen + "/data").json();
    assertThat(copy.at("/consents").size()).isEqualTo(1);
    assertThat(copy.at("/templates/0/state").asString()).isEqualTo("STORED");
    assertThat(gate.get("/v1/log/entries?limit=2").json().at("/items").size()).isEqualTo(2);
    assertThat(gate.get("/v1/people/" + lin + "/holdings").json().at("/items").size()).isEqualTo(1);
    gate.get("/v1/people/" + lin + "/consents");
    gate.get("/v1/people?limit=2");
    gate.get("/v1/people/" + lin);
    gate.get(gate.at(""));
    gate.get(gate.at("/ways"));
    gate.get(gate.at("/words"));
    gate.get(gate.at("/other-ways"));
    gate.get("/v1/notices?purpose=%s&site=%s".formatted(gate.purpose, gate.site));
    gate.get("/v1/notices/history?purpose=%s&site=%s".formatted(gate.purpose, gate.site));
    gate.get("/v1/processing-rules?kind=PROCESSING");
    gate.get("/v1/operator");
    gate.get("/v1/controls");
    gate.get("/v1/classified-protection");
    gate.get("/v1/models/origin");
    for (String list : List.of("purposes", "sites", "devices", "checkpoints", "orders", "keys")) {
      gate.get("/v1/" + list);
    }
  }

  // ---- forgetting

  private void forgets(HttpGate gate, String chen, String consent) {
    gate.get("/v1/consents/" + consent);
    Answer withdrawn =
        gate.post("/v1/consents/" + consent + "/withdraw", "{\"channel\":\"staff-desk\"}");
    assertThat(withdrawn.json().at("/erased").asInt()).isEqualTo(1);
    entries.add(withdrawn.at("/entry"));

    // Unfindable from the answer on, by name and by search.
    refused(gate.verify(chen, HttpGate.photo("images/p02/day1.jpg")), "MEASURES-2025/6.1");
    JsonNode search = gate.identify(HttpGate.photo("images/p02/day2.jpg")).expect(200).json();
    assertThat(search.at("/members").isEmpty()).isTrue();
    assertThat(search.at("/searched").asInt()).isEqualTo(1);

    JsonNode certificate = gate.get("/v1/people/" + chen + "/erasure-certificate").json();
    assertThat(certificate.at("/json").asString()).contains(chen, "logReceipt", "keysDestroyed");
  }

  private void erasesOnRequest(HttpGate gate, String lin) {
    String request = "{\"person\":\"%s\",\"purpose\":\"%s\"}".formatted(lin, gate.purpose);
    assertThat(gate.post("/v1/erasures", request).json().at("/erased").asInt()).isEqualTo(1);
    assertThat(gate.post("/v1/erasures", request).json().at("/erased").asInt()).isZero();
    gate.verify(lin, HttpGate.photo("images/p01/day1.jpg")).expectProblem(404, "not_enrolled");
    Answer swept = gate.post("/v1/sweeps", "");
    assertThat(swept.json().at("/expired").asInt()).isZero();
  }

  // ---- proof

  private void proves() throws IOException {
    JsonNode log = server.get("/v1/log").expect(200).json();
    VerifierKey key = VerifierKey.parse(log.at("/key").asString());
    ReceiptVerifier verifier = new ReceiptVerifier(key);
    assertThat(entries).hasSizeGreaterThan(8);
    for (String entry : entries) {
      byte[] receipt = server.get("/v1/receipts/" + entry).expect(200).raw().body();
      byte[] text = server.get("/v1/receipts/" + entry + "/entry").expect(200).raw().body();
      assertThat(verifier.verify(receipt, text)).isInstanceOf(ReceiptVerifier.Proven.class);
      text[text.length / 2] ^= 1;
      assertThat(verifier.verify(receipt, text)).isInstanceOf(ReceiptVerifier.NotProven.class);
    }
    // As an outsider has it: only what is served over HTTP.
    LogCopy.of(server, copy);
    assertThat(LogVerifier.verify(copy, key)).isInstanceOf(LogReport.Intact.class);
  }

  // ---- everything else that an officer does

  private void keepsTheOtherRecords(HttpGate gate) throws IOException {
    String site = HttpGate.id(gate.post("/v1/sites", "{\"name\":\"北苑\",\"territory\":\"CN\"}"));
    gate.get("/v1/sites/" + site);
    String zone = HttpGate.id(gate.post("/v1/zones", gate.zoneAt("北门", "PROPERTY_GATE", "STREET")));
    gate.get("/v1/zones/" + zone);
    gate.get("/v1/sites/" + gate.site + "/zones");
    gate.post(
        "/v1/zones/" + zone + "/safety-necessity", "{\"interest\":\"小区治安\",\"reason\":\"夜间无人值守\"}");
    gate.put(
        "/v1/zones/" + zone,
        "{\"from\":1,\"zone\":\"PROPERTY_GATE\",\"place\":\"RESIDENTIAL_COMPOUND\",\"videoClass\":\"NON_PUBLIC\"}");
    String sign = gate.get("/v1/zones/" + gate.zone + "/signs").at("/items/0/id");
    gate.post("/v1/signs/" + sign + "/checks", "{\"inPlace\":true}");

    String purpose = HttpGate.id(gate.post("/v1/purposes", HttpGate.anotherPurpose()));
    gate.put(
        "/v1/purposes/" + purpose,
        "{\"from\":1,\"terms\":%s}".formatted(HttpGate.anotherPurpose()));
    gate.get("/v1/purposes/" + purpose);
    gate.post("/v1/purposes/" + purpose + "/end", "");

    String device = HttpGate.id(gate.post("/v1/devices", gate.deviceIn(zone)));
    gate.get("/v1/devices/" + device);
    gate.put("/v1/devices/" + device, "{\"from\":1,\"device\":%s}".formatted(gate.deviceIn(zone)));
    String other =
        HttpGate.id(
            gate.post("/v1/checkpoints", HttpGate.checkpointOf("北门", device, gate.purpose)));
    String way =
        HttpGate.id(
            gate.post(
                "/v1/checkpoints/" + other + "/ways",
                "{\"kind\":\"QR_CODE\",\"name\":\"二维码\",\"beatsEvery\":\"PT5M\"}"));
    gate.delete("/v1/checkpoints/" + other + "/ways/" + way);

    JsonNode assessments =
        gate.get("/v1/assessments?purpose=%s&zone=%s".formatted(gate.purpose, gate.zone)).json();
    gate.get("/v1/assessments/" + assessments.at("/items/0/id").asString());

    String guardian = gate.person(HttpGate.GROWN_UP);
    String child = gate.person(gate.today().minusYears(9));
    gate.post(
        "/v1/guardianships",
        "{\"child\":\"%s\",\"guardian\":\"%s\",\"documentHash\":\"%s\"}"
            .formatted(child, guardian, HttpGate.HASH));
    gate.put(
        "/v1/people/" + guardian,
        "{\"from\":1,\"reference\":\"N-%s\",\"birthDate\":\"1980-02-29\",\"state\":\"LIVING\"}"
            .formatted(guardian.substring(20)));
    gate.post(
        "/v1/consents/refusals",
        "{\"person\":\"%s\",\"purpose\":\"%s\"}".formatted(guardian, gate.purpose));

    Instant now = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    String order =
        HttpGate.id(
            gate.post(
                "/v1/orders",
                """
                {"kind":"GROUND","scope":{"person":"%s"},"authority":"某某街道办事处",
                 "documentHash":"%s","norm":{"level":"LAW","citation":"民法典第一千零三十五条"},
                 "ground":"EMERGENCY","from":"%s","until":"%s"}
                """
                    .formatted(guardian, HttpGate.HASH, now, now.plusSeconds(86_400))));
    gate.get("/v1/orders/" + order);
    gate.approve("/v1/orders/" + order + "/approve", "");
    gate.approve(
        "/v1/orders/" + order + "/end", "{\"documentHash\":\"%s\"}".formatted(HttpGate.HASH));

    gate.get("/v1/filing");
    gate.post(
        "/v1/filing",
        "{\"status\":\"FILED\",\"on\":\"%s\",\"receipt\":\"浙网信备2026-001\",\"documentHash\":\"%s\"}"
            .formatted(gate.today().minusDays(1), HttpGate.HASH));

    String key =
        HttpGate.id(
            gate.post(
                "/v1/keys",
                "{\"label\":\"card controller, gate 1\",\"holder\":\"gate-1\",\"scopes\":[\"ways\"],\"purpose\":\"%s\",\"days\":90}"
                    .formatted(gate.purpose)));
    gate.delete("/v1/keys/" + key);

    gate.get("/v1/log");
    gate.get("/v1/receipts/" + entries.getFirst());
    gate.get("/v1/receipts/" + entries.getFirst() + "/entry");
    gate.get("/v1/rules");
    gate.get("/v1/rules/MEASURES-2025/10.1");
    gate.get("/v1/deadlines");
    gate.get("/v1/deadlines/due?rule=MEASURES-2025/15.1&from=2025-06-03");
    gate.post("/v1/lint/terms", "{\"text\":\"用户同意授予本公司对其人脸信息永久、不可撤销的使用权。\"}");
    gate.post("/v1/lint/prompts", "{\"text\":\"请选择验证方式\\n(x) 刷脸\\n( ) 刷卡\"}");
    String situation =
        Files.readString(
            Path.of("src/main/resources/cn/mingmian/server/examples/decide.request.json"),
            StandardCharsets.UTF_8);
    gate.post("/v1/decisions", situation);
    gate.post("/v1/decisions/cures", situation);

    // Last: an incident leaves every assessment behind, and the gate stands still.
    gate.post(
        "/v1/incidents", "{\"purpose\":\"%s\",\"what\":\"门禁机被撬开，未见数据外泄\"}".formatted(gate.purpose));
    Answer stopped =
        gate.api.post(gate.at("/activate"), gate.officer, "").expectProblem(403, "refused");
    assertThat(stopped.text()).contains("MEASURES-2025/9");
  }
}
