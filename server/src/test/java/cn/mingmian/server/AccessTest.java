package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Nothing is open that was not opened on purpose.
class AccessTest {

  private final RunningServer server = RunningServer.get();

  @Test
  void every_operation_declares_its_scope_or_that_it_is_open() {
    List<String> silent = new ArrayList<>();
    server
        .server
        .part(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              boolean ours =
                  mapping.getDirectPaths().stream().anyMatch(p -> p.startsWith("/v1/"))
                      || mapping.getPatternValues().stream().anyMatch(p -> p.startsWith("/v1/"));
              if (ours
                  && method.getBeanType().getPackageName().startsWith("cn.mingmian")
                  && !method.hasMethodAnnotation(Needs.class)
                  && !method.hasMethodAnnotation(Open.class)) {
                silent.add(mapping.toString());
              }
            });
    assertThat(silent).isEmpty();
  }

  @Test
  void without_a_key_nothing_but_the_open_answers() {
    var answer = server.get("/v1/keys");
    answer.expectProblem(401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    server.get("/v1/deadlines").expect(200);
  }

  @Test
  void both_ways_to_show_a_key_work_and_a_wrong_one_is_refused_even_where_none_is_needed() {
    server.get("/v1/keys", server.officer).expect(200);
    server.send(server.request("/v1/keys").header("x-api-key", server.officer)).expect(200);
    String wrong = server.officer.substring(0, server.officer.length() - 1) + "_";
    server.get("/v1/deadlines", wrong).expectProblem(401, "unauthenticated");
    server
        .send(server.request("/v1/keys").header("Authorization", "Basic YTpi"))
        .expectProblem(401, "unauthenticated");
  }

  @Test
  void a_key_does_only_what_its_scopes_say() {
    String ways = make(server.officer, "gate", "ways");
    server.get("/v1/keys", ways).expectProblem(403, "not_permitted");
  }

  @Test
  void a_key_cannot_give_what_it_does_not_hold() {
    server
        .post(
            "/v1/keys",
            server.officer,
            "{\"label\":\"x\",\"holder\":\"y\",\"scopes\":[\"approve\"],\"days\":1}")
        .expectProblem(403, "not_permitted");
    server
        .post(
            "/v1/keys",
            server.deputy,
            "{\"label\":\"x\",\"holder\":\"y\",\"scopes\":[\"set-up\"],\"days\":1}")
        .expectProblem(403, "not_permitted");
  }

  @Test
  void a_revoked_key_stops_at_once() {
    var made =
        server.post(
            "/v1/keys",
            server.officer,
            "{\"label\":\"short\",\"holder\":\"y\",\"scopes\":[\"keys\"],\"days\":1}");
    made.expect(201);
    String secret = made.at("/secret");
    server.get("/v1/keys", secret).expect(200);
    server.delete("/v1/keys/" + made.at("/id"), server.officer).expect(200);
    server.get("/v1/keys", secret).expectProblem(401, "unauthenticated");
  }

  @Test
  void a_secret_is_shown_once_and_only_its_hash_is_kept() throws Exception {
    String secret = make(server.officer, "once", "ways");
    assertThat(server.get("/v1/keys", server.officer).text()).doesNotContain(secret);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
    assertThat(server.server.part(ApiKeys.class).find(secret)).isPresent();
    assertThat(HexFormat.of().formatHex(hash)).hasSize(64);
    assertThat(server.log()).doesNotContain(secret).doesNotContain(server.officer);
  }

  @Test
  void lists_page_by_a_cursor_that_cannot_be_forged_or_moved_to_another_list() {
    for (int i = 0; i < 3; i++) {
      make(server.officer, "page" + i, "ways");
    }
    var first = server.get("/v1/keys?limit=2", server.officer).expect(200);
    assertThat(first.json().at("/items").size()).isEqualTo(2);
    String cursor = first.at("/next");
    assertThat(cursor).isNotBlank();
    var second = server.get("/v1/keys?limit=2&cursor=" + cursor, server.officer).expect(200);
    assertThat(second.at("/items/0/id")).isNotEqualTo(first.at("/items/1/id"));
    char other = cursor.charAt(0) == 'A' ? 'B' : 'A';
    server
        .get("/v1/keys?cursor=" + other + cursor.substring(1), server.officer)
        .expectProblem(400, "invalid_cursor");
    server.get("/v1/keys?cursor=!!", server.officer).expectProblem(400, "invalid_cursor");
  }

  /// law| MEASURES-2025/14.1, PIPL/51.4: who needs one purpose is given one purpose.
  @Test
  void a_key_of_one_purpose_sees_and_does_nothing_of_another() {
    String bound =
        server
            .post(
                "/v1/keys",
                server.officer,
                "{\"label\":\"t\",\"holder\":\"bound\",\"scopes\":[\"read\",\"set-up\",\"people\",\"enrol\",\"erase\",\"keys\",\"ways\",\"orders\"],\"purpose\":\"pur_00000000000000000000000000\",\"days\":1}")
            .expect(201)
            .at("/secret");
    HttpGate gate = HttpGate.setUp(server);
    String person = gate.person(HttpGate.GROWN_UP);
    String consent = gate.consent(person);
    for (String closed :
        List.of(
            "/v1/people",
            "/v1/people/" + person,
            "/v1/people/" + person + "/data",
            "/v1/people/" + person + "/erasure-certificate",
            "/v1/consents/" + consent,
            "/v1/purposes",
            "/v1/purposes/" + gate.purpose,
            gate.at(""),
            gate.at("/ways"),
            gate.at("/other-ways"),
            gate.at("/passages"),
            "/v1/notices/history?purpose=%s&site=%s".formatted(gate.purpose, gate.site),
            "/v1/assessments?purpose=%s&zone=%s".formatted(gate.purpose, gate.zone),
            "/v1/orders",
            "/v1/keys")) {
      assertThat(server.get(closed, bound).at("/code")).as("%s", closed).isEqualTo("not_permitted");
    }
    server
        .post("/v1/consents/" + consent + "/withdraw", bound, "{\"channel\":\"desk\"}")
        .expectProblem(403, "not_permitted");
    server
        .post(
            "/v1/erasures",
            bound,
            "{\"person\":\"%s\",\"purpose\":\"%s\"}".formatted(person, gate.purpose))
        .expectProblem(403, "not_permitted");
    server
        .post(gate.at("/ways"), bound, "{\"kind\":\"CARD\",\"name\":\"x\",\"beatsEvery\":\"PT1H\"}")
        .expectProblem(403, "not_permitted");
    server.post("/v1/sweeps", bound, "").expectProblem(403, "not_permitted");
    for (String empty :
        List.of(
            "/v1/people/" + person + "/consents",
            "/v1/people/" + person + "/holdings",
            "/v1/checkpoints",
            "/v1/decisions",
            "/v1/tasks")) {
      assertThat(server.get(empty, bound).expect(200).json().at("/items").isEmpty())
          .as("%s", empty)
          .isTrue();
    }
    assertThat(gate.get("/v1/consents/" + consent).json().has("withdrawnAt")).isFalse();
  }

  private String make(String key, String holder, String scope) {
    return server
        .post(
            "/v1/keys",
            key,
            "{\"label\":\"test\",\"holder\":\"%s\",\"scopes\":[\"%s\"],\"days\":1}"
                .formatted(holder, scope))
        .expect(201)
        .at("/secret");
  }
}
