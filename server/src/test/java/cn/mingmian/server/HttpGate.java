package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Section;
import cn.mingmian.server.RunningServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A residential gate, set up and used over HTTP alone: the officer's key writes, the deputy's
/// approves.
final class HttpGate {
  static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  static final LocalDate GROWN_UP = LocalDate.of(1990, 5, 1);

  private static final String PURPOSE =
      """
      {"kind":"ACCESS_CONTROL","activity":"OPERATION",
       "statement":{"zh":"让自愿登记的住户不用钥匙通过南门","en":"residents who asked for it pass without a key"},
       "necessity":{"zh":"双手提物或推轮椅的住户无法刷卡","en":"with hands full or in a wheelchair a card fails"},
       "impact":{"zh":"保存一份受保护的模板，可随时撤回","en":"one protected template, revocable at any time"},
       "rung":"CLOSED_GROUP",
       "whyLesserFail":{"NO_FACE":"双手提物时无法刷卡","ONE_TO_ONE_CARRIED":"住户不愿另带设备",
                        "ONE_TO_ONE":"须先报门牌号，双手仍被占用"},
       "ethics":"与业主委员会讨论过","ground":"CONSENT","retentionDays":365,
       "retentionReason":"租约以一年为期",
       "verbs":["DEPLOY","PROMPT","CAPTURE","ENROL","VERIFY","IDENTIFY"],"falseMatchRate":1e-4}
      """;

  final Api api;
  final String officer;
  final String deputy;
  private final @Nullable Tape tape;
  private int acts;

  String purpose = "";
  String site = "";
  String zone = "";
  String device = "";
  String checkpoint = "";
  String card = "";
  String desk = "";

  private HttpGate(Api api, String officer, String deputy, @Nullable Tape tape) {
    this.api = api;
    this.officer = officer;
    this.deputy = deputy;
    this.tape = tape;
  }

  static HttpGate setUp(Api api, String officer, String deputy, @Nullable Tape tape) {
    HttpGate gate = new HttpGate(api, officer, deputy, tape);
    gate.record();
    return gate;
  }

  static HttpGate setUp(RunningServer server) {
    return setUp(server, server.officer, server.deputy, null);
  }

  /// A gate that was set up before, at a server that was started again.
  HttpGate at(Api again) {
    HttpGate same = new HttpGate(again, officer, deputy, tape);
    same.purpose = purpose;
    same.site = site;
    same.zone = zone;
    same.device = device;
    same.checkpoint = checkpoint;
    same.card = card;
    same.desk = desk;
    return same;
  }

  private void record() {
    int operator = api.get("/v1/operator", officer).json().at("/version").asInt(0);
    put(
        "/v1/operator",
        """
        {"from":%d,"name":"南苑物业","contact":"privacy@nanyuan.example","creditCode":"",
         "kind":"PROPERTY_MANAGER","publicFacing":true,"privacyOfficer":"李"}
        """
            .formatted(operator));
    put(
        "/v1/classified-protection",
        "{\"level\":3,\"filingNumber\":\"31000-26001\",\"assessedOn\":\"%s\",\"documentHash\":\"%s\"}"
            .formatted(today().minusMonths(5), HASH));
    if (!api.get("/v1/models/origin", officer)
        .expect(200)
        .json()
        .at("/undecided")
        .isMissingNode()) {
      approved(
          post(
              "/v1/models/origin",
              "{\"reasons\":{\"zh\":\"试运行，只在本小区\",\"en\":\"a trial at one compound\"}}"));
    }
    site =
        id(post("/v1/sites", "{\"name\":\"南苑\",\"territory\":\"CN\",\"province\":\"ZHEJIANG\"}"));
    zone = id(post("/v1/zones", zoneAt("南门", "PROPERTY_GATE", "RESIDENTIAL_COMPOUND")));
    purpose = id(post("/v1/purposes", PURPOSE));
    approve("/v1/purposes/" + purpose + "/approve", "{\"version\":1}");
    device = id(post("/v1/devices", deviceIn(zone)));
    approved(
        post(
            "/v1/devices/" + device + "/capture-area",
            """
            {"corners":[{"x":0,"y":0},{"x":1,"y":0},{"x":1,"y":1},{"x":0,"y":1}],
             "smallestFaceHeight":0,"reason":"闸机前一步"}
            """));
    post(
        "/v1/signs",
        "{\"zone\":\"%s\",\"photoHash\":\"%s\",\"takenOn\":\"%s\",\"position\":\"门柱左侧\"}"
            .formatted(zone, HASH, today().minusDays(2)));
    checkpoint = id(post("/v1/checkpoints", checkpointOf("南门", device, purpose)));
    approved(
        post(
            at("/accessibility"),
            """
            {"largeType":true,"readAloud":true,"assistedPath":true,"evidence":"现场测试报告"}
            """));
    card = way("CARD", "门卡");
    desk = way("STAFF_DESK", "值班室");
    waysWork(true);
    for (int i = 1; i <= 8; i++) {
      Instant came = Instant.now().minusSeconds(10_800L * i);
      passage(card, came, came.plusSeconds(4));
      passage(desk, came, came.plusSeconds(21));
    }
    String assessment =
        id(
            post(
                "/v1/assessments",
                "{\"purpose\":\"%s\",\"zone\":\"%s\",\"verbs\":[\"DEPLOY\",\"PROMPT\",\"CAPTURE\",\"ENROL\",\"VERIFY\",\"IDENTIFY\"],\"sections\":{%s}}"
                    .formatted(
                        purpose,
                        zone,
                        Arrays.stream(Section.values())
                            .map(section -> "\"%s\":\"已评估\"".formatted(section))
                            .collect(Collectors.joining(",")))));
    approve("/v1/assessments/" + assessment + "/approve", "");
    int rules =
        post(
                "/v1/processing-rules",
                "{\"kind\":\"PROCESSING\",\"text\":{\"zh\":\"处理规则\",\"en\":\"rules of processing\"}}")
            .json()
            .at("/version")
            .asInt();
    approve(
        "/v1/processing-rules/publish",
        "{\"kind\":\"PROCESSING\",\"version\":%d}".formatted(rules));
    int notice =
        post("/v1/notices", "{\"purpose\":\"%s\",\"site\":\"%s\"}".formatted(purpose, site))
            .json()
            .at("/version")
            .asInt();
    approve(
        "/v1/notices/publish",
        "{\"purpose\":\"%s\",\"site\":\"%s\",\"version\":%d}".formatted(purpose, site, notice));
    post("/v1/controls/checks", "");
    post(at("/activate"), "");
  }

  String zoneAt(String name, String zone, String place) {
    return "{\"site\":\"%s\",\"name\":\"%s\",\"zone\":\"%s\",\"place\":\"%s\",\"videoClass\":\"NON_PUBLIC\"}"
        .formatted(site, name, zone, place);
  }

  String deviceIn(String where) {
    return """
        {"zone":"%s","name":"南门一号","kind":"FACE_RECOGNITION","serial":"SN-1","catalogued":true,
         "certificate":"CERT-1","lastTested":"%s","installer":"RESPONSIBLE_MANAGER"}
        """
        .formatted(where, today().minusMonths(3));
  }

  static String checkpointOf(String name, String device, String purpose) {
    return "{\"name\":\"%s\",\"device\":\"%s\",\"purpose\":\"%s\",\"faceFrom\":\"00:00\",\"faceUntil\":\"00:00\"}"
        .formatted(name, device, purpose);
  }

  static String anotherPurpose() {
    return PURPOSE;
  }

  private String way(String kind, String name) {
    String way =
        id(
            post(
                at("/ways"),
                "{\"kind\":\"%s\",\"name\":\"%s\",\"beatsEvery\":\"PT1H\"}".formatted(kind, name)));
    approved(
        post(
            at("/ways/" + way + "/terms"),
            """
            {"extraFen":0,"metresFromFace":2,"opens":"00:00","closes":"00:00","power":"UPS"}
            """));
    return way;
  }

  /// What the card controller and the desk say of themselves, from outside.
  void waysWork(boolean healthy) {
    for (String way : List.of(card, desk)) {
      put(at("/ways/" + way + "/heartbeat"), "{\"healthy\":%s}".formatted(healthy));
    }
  }

  private void passage(String way, Instant from, Instant to) {
    post(
        at("/passages"),
        "{\"way\":\"%s\",\"started\":\"%s\",\"ended\":\"%s\",\"outcome\":\"PASSED\"}"
            .formatted(way, from, to));
  }

  // ---- people

  String person(LocalDate born) {
    return id(post("/v1/people", "{\"birthDate\":\"%s\"}".formatted(born)));
  }

  /// The body of a consent to everything that the gate does.
  ///
  /// @param togetherWith  what else the same act agreed to
  String consentOf(String person, String... togetherWith) {
    String shown =
        id(
            post(
                "/v1/notices/showings",
                "{\"purpose\":\"%s\",\"site\":\"%s\",\"channel\":\"STAFF_DESK\",\"person\":\"%s\"}"
                    .formatted(purpose, site, person)));
    return """
        {"person":"%s","purpose":"%s","operations":["CAPTURE","ENROL","VERIFY","IDENTIFY"],
         "attributes":[],"notice":"%s",
         "act":{"id":"act-%s-%d","channel":"staff-desk","explicit":true,"preTicked":false,
                "togetherWith":[%s],"otherWaysStanding":2,"evidenceHash":"%s"}}
        """
        .formatted(
            person,
            purpose,
            shown,
            person.substring(person.length() - 8),
            ++acts,
            Arrays.stream(togetherWith)
                .map(what -> '"' + what + '"')
                .collect(Collectors.joining(",")),
            HASH);
  }

  String consent(String person, String... togetherWith) {
    return post("/v1/consents", consentOf(person, togetherWith)).at("/consent/id");
  }

  // ---- faces

  /// Somebody presses the button for the face.
  String opening() {
    return """
        {"checkpoint":"%s","step":"PRESSED","agreed":true,"fourteen":true,"preselected":false,
         "noticeShown":true,"purposeShown":true,"seconds":60}
        """
        .formatted(checkpoint);
  }

  String session() {
    return id(post("/v1/sessions", opening()));
  }

  Answer enrol(String person, byte[] photo) {
    return face("/v1/enrolments", Optional.of(person), photo);
  }

  Answer verify(String person, byte[] photo) {
    return face("/v1/verifications", Optional.of(person), photo);
  }

  Answer identify(byte[] photo) {
    return face("/v1/identifications", Optional.empty(), photo);
  }

  private Answer face(String path, Optional<String> person, byte[] photo) {
    Map<String, String> fields = fields(person);
    Answer answer = api.postPhoto(path, officer, fields, photo);
    if (tape != null && answer.status() < 300) {
      List<String> sent = new ArrayList<>();
      fields.forEach((name, value) -> sent.add("\"%s\":\"%s\"".formatted(name, value)));
      sent.add("\"image\":\"%s\"".formatted(java.util.Base64.getEncoder().encodeToString(photo)));
      tape.keep("POST", path, "{" + String.join(",", sent) + "}", answer);
    }
    return answer;
  }

  /// The fields beside the photo, with a session of their own.
  Map<String, String> fields(Optional<String> person) {
    Map<String, String> fields = new java.util.TreeMap<>();
    fields.put("session", session());
    fields.put("checkpoint", checkpoint);
    person.ifPresent(named -> fields.put("person", named));
    return fields;
  }

  // ---- talking

  String at(String path) {
    return "/v1/checkpoints/" + checkpoint + path;
  }

  Answer get(String path) {
    return good("GET", path, "", api.get(path, officer));
  }

  Answer post(String path, String body) {
    return good("POST", path, body, api.post(path, officer, body));
  }

  Answer put(String path, String body) {
    return good("PUT", path, body, api.put(path, officer, body));
  }

  Answer delete(String path) {
    return good("DELETE", path, "", api.delete(path, officer));
  }

  Answer approve(String path, String body) {
    return good("POST", path, body, api.post(path, deputy, body));
  }

  void approved(Answer claim) {
    approve("/v1/statements/" + claim.at("/statement") + "/approve", "");
  }

  private Answer good(String method, String path, String body, Answer answer) {
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isBetween(200, 299);
    if (tape != null) tape.keep(method, path, body, answer);
    return answer;
  }

  static String id(Answer answer) {
    assertThat(answer.at("/id")).isNotEmpty();
    return answer.at("/id");
  }

  LocalDate today() {
    return LocalDate.now(ZoneId.of("Asia/Shanghai"));
  }

  // ---- photos

  /// A synthetic face of the repository, such as `images/p01/day1.jpg`.
  static byte[] photo(String name) {
    Path faces = Path.of(System.getProperty("mingmian.root", "..")).resolve("faces");
    try {
      return Files.readAllBytes(faces.resolve(name));
    } catch (IOException absent) {
      throw new UncheckedIOException("no photo `%s` in `%s`".formatted(name, faces), absent);
    }
  }

  /// Skips, visibly, where no face models are installed.
  static void needModels() {
    Path models = Path.of(System.getProperty("mingmian.models", "models"));
    Assumptions.assumeTrue(
        Files.isDirectory(models), () -> "no models in `%s`".formatted(models.toAbsolutePath()));
  }
}
