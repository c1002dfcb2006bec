package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Every way to fail is a problem with a stable code, whoever notices it.
class ProblemsTest {

  private final RunningServer server = RunningServer.get();

  @Test
  void an_unknown_address_is_a_problem() {
    server.get("/v1/nothing-here").expectProblem(404, "not_found");
    server.get("/nor-here").expectProblem(404, "not_found");
  }

  @Test
  void a_wrong_method_is_a_problem_that_names_the_right_ones() {
    var answer = server.delete("/v1/deadlines", server.officer);
    answer.expectProblem(405, "method_not_allowed");
    assertThat(answer.header("Allow")).contains("GET");
  }

  @Test
  void an_impossible_accept_header_is_a_problem() {
    server
        .send(server.request("/v1/deadlines").header("Accept", "image/png"))
        .expectProblem(406, "not_acceptable");
  }

  @Test
  void a_wrong_content_type_is_a_problem() {
    server
        .postAs("/v1/keys", server.officer, "text/plain", "hello".getBytes(StandardCharsets.UTF_8))
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  void a_body_that_is_not_json_is_told_with_its_place() {
    var answer = server.post("/v1/keys", server.officer, "{\"label\": \"x\",,}");
    answer.expectProblem(400, "malformed_json");
    assertThat(answer.at("/detail")).contains("line 1");
    server.post("/v1/keys", server.officer, "").expectProblem(400, "malformed_json");
  }

  @Test
  void json_after_the_end_and_a_field_twice_are_refused() {
    server.post("/v1/keys", server.officer, "{} {}").expect(400);
    server.post("/v1/keys", server.officer, "{\"label\":\"a\",\"label\":\"b\"}").expect(400);
  }

  @Test
  void an_unknown_field_is_named_by_pointer_and_the_known_ones_are_told() {
    var answer =
        server.post(
            "/v1/keys",
            server.officer,
            "{\"label\":\"x\",\"holder\":\"y\",\"scopes\":[\"ways\"],\"days\":1,\"labell\":\"x\"}");
    answer.expectProblem(400, "invalid_field");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/labell");
    assertThat(answer.at("/errors/0/detail")).contains("holder", "label", "scopes");
  }

  @Test
  void a_missing_field_is_named_by_pointer() {
    var answer = server.post("/v1/keys", server.officer, "{\"label\": \"x\"}");
    answer.expectProblem(400, "invalid_field");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/holder");
  }

  @Test
  void a_field_of_the_wrong_kind_is_named_by_pointer() {
    var answer =
        server.post(
            "/v1/keys",
            server.officer,
            "{\"label\":\"x\",\"holder\":\"y\",\"scopes\":[\"read\",7],\"days\":1}");
    answer.expectProblem(400, "invalid_field");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/scopes/1");
    answer =
        server.post(
            "/v1/keys",
            server.officer,
            "{\"label\":\"x\",\"holder\":\"y\",\"scopes\":[\"read\"],\"days\":\"many\"}");
    answer.expectProblem(400, "invalid_field");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("/days");
  }

  @Test
  void a_bad_or_missing_parameter_is_named() {
    var answer = server.get("/v1/keys?limit=101", server.officer);
    answer.expectProblem(400, "invalid_parameter");
    assertThat(answer.at("/errors/0/pointer")).isEqualTo("?limit");
    server.get("/v1/keys?limit=x", server.officer).expectProblem(400, "invalid_parameter");
    server.get("/v1/deadlines/due?rule=PIPL/52").expectProblem(400, "invalid_parameter");
    server.delete("/v1/keys/17", server.officer).expectProblem(400, "invalid_parameter");
  }

  @Test
  void a_body_above_the_limit_is_refused_by_its_stated_length_and_by_counting() {
    byte[] large = new byte[12 * 1024 * 1024 + 1];
    server
        .postAs("/v1/keys", server.officer, "application/json", large)
        .expectProblem(413, "payload_too_large");
    large[0] = '"';
    java.util.Arrays.fill(large, 1, large.length, (byte) 'a');
    server
        .send(
            server
                .request("/v1/keys")
                .header("Authorization", "Bearer " + server.officer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))))
        .expectProblem(413, "payload_too_large");
  }

  @Test
  void what_is_not_http_gets_a_problem_without_the_name_of_the_container() {
    String answer = server.raw("GET /v1/deadlines?x=| HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer).contains("400").contains("application/problem+json");
    assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
    answer =
        server.raw(
            "GET /v1/../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).contains("application/problem+json").doesNotContain("root:");
    answer =
        server.raw("GET /v1/%2e%2e%2fetc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).contains(" 400 ").contains("application/problem+json");
  }

  @Test
  void a_request_id_is_made_here_and_never_taken_over() {
    var answer =
        server.send(server.request("/v1/deadlines").header("X-Request-Id", "zhang-san-110101"));
    assertThat(answer.header("X-Request-Id")).startsWith("req_").doesNotContain("zhang");
  }

  @Test
  void every_answer_carries_strict_headers() {
    for (String path : new String[] {"/v1/deadlines", "/v1/none", "/"}) {
      var answer = server.get(path);
      assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Strict-Transport-Security")).contains("max-age=31536000");
      assertThat(answer.header("Server")).isEmpty();
    }
  }
}
