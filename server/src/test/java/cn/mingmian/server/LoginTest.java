package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import cn.mingmian.server.Visitor.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Staff at the login pages, over HTTPS, as their browsers do it.
class LoginTest {

  private final RunningServer server = RunningServer.get();
  private final Office office = Office.get();

  @Test
  void what_needs_a_login_leads_to_it_and_back() {
    Page asked = new Visitor(server).get("/console");
    assertThat(asked.status()).isEqualTo(302);
    assertThat(asked.header("Location")).endsWith("/login?then=/console");
    Visitor officer = office.officer();
    Page console = officer.get("/console");
    assertThat(console.status()).isEqualTo(200);
    assertThat(console.text()).contains("officer").contains("个人信息保护负责人").contains("watermark");
    assertThat(console.text().split("<header", -1)).as("one header").hasSize(2);
    assertThat(officer.get("/console?lang=en").text()).contains("Personal information protection");
  }

  @Test
  void the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts() {
    List<String> cookies = office.login("officer").headers("Set-Cookie");
    assertThat(cookies)
        .singleElement()
        .asString()
        .startsWith("__Host-staff=")
        .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain("Domain");
    Page console = office.officer().get("/console");
    assertThat(console.header("Cache-Control")).contains("no-store");
    assertThat(console.header("Strict-Transport-Security")).contains("max-age=31536000");
    assertThat(console.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(console.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(console.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(console.text()).doesNotContain("style=\"").doesNotContain("<script>");
  }

  @Test
  void wrong_name_wrong_password_and_wrong_code_get_the_very_same_answer() {
    Visitor stranger = new Visitor(server);
    String nobody =
        stranger.form("/login", Map.of("name", "nobody", "password", "x", "code", "1")).text();
    String password =
        stranger.form("/login", Map.of("name", "watcher", "password", "x", "code", "1")).text();
    String code =
        stranger
            .form(
                "/login", Map.of("name", "watcher", "password", Office.PASSWORD, "code", "000000"))
            .text();
    assertThat(password).isEqualTo(nobody);
    assertThat(code).isEqualTo(nobody);
    assertThat(stranger.get("/console").status()).isEqualTo(302);
  }

  @Test
  void nothing_changes_without_the_pages_own_mark_or_from_another_site() {
    Visitor officer = office.officer();
    assertThat(officer.form("/logout", Map.of()).status()).isEqualTo(403);
    assertThat(officer.form("/logout", Map.of("_csrf", "x".repeat(43))).status()).isEqualTo(403);
    assertThat(
            officer
                .form("/logout", Map.of("_csrf", officer.guard()), "Sec-Fetch-Site", "cross-site")
                .text())
        .contains("forged");
    assertThat(
            officer
                .form(
                    "/logout",
                    Map.of("_csrf", officer.guard()),
                    "Origin",
                    "https://elsewhere.example")
                .status())
        .isEqualTo(403);
    assertThat(officer.get("/console").status()).isEqualTo(200);
    assertThat(officer.form("/logout", Map.of("_csrf", officer.guard())).status()).isEqualTo(302);
    assertThat(officer.get("/console").status()).isEqualTo(302);
  }

  @Test
  void an_address_to_go_on_to_is_always_our_own() {
    for (String then :
        List.of("//evil.example", "https://evil.example", "/\\evil.example", "/%2f/evil.example")) {
      Page answer = office.login("officer", then);
      assertThat(answer.header("Location")).as(then).endsWith("/console");
      assertThat(answer.header("Location")).doesNotContain("evil");
    }
  }

  @Test
  void a_colleague_comes_in_by_two_hands_over_the_pages() {
    Visitor deputy = office.deputy();
    Page invited =
        deputy.ownForm("/console/staff", Map.of("name", "newcomer", "role", "DESK", "until", ""));
    assertThat(invited.status()).as(invited.text()).isEqualTo(200);
    String first = half(invited);
    String grant = deputy.json("GET", "/v1/grants", "").at("/items/0/id");
    Page refused = deputy.ownForm("/console/staff/approve", Map.of("grant", grant));
    assertThat(refused.status()).as("no such right").isEqualTo(403);
    Page approved = office.officer().ownForm("/console/staff/approve", Map.of("grant", grant));
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    Page set =
        new Visitor(server)
            .form(
                "/login/first",
                Map.of("code", half(approved) + first, "password", Office.PASSWORD));
    assertThat(set.text()).contains("class=\"secret\"").doesNotContain("role=\"alert\"");
    String id =
        office
            .officer()
            .json("GET", "/v1/staff?limit=100", "")
            .json()
            .at("/items")
            .values()
            .stream()
            .filter(each -> each.at("/name").asString("").equals("newcomer"))
            .findFirst()
            .orElseThrow()
            .at("/id")
            .asString("");
    deputy.api("DELETE", "/v1/staff/" + id, "").expect(200);
    assertThat(
            new Visitor(server)
                .form(
                    "/login/first",
                    Map.of("code", half(approved) + first, "password", Office.PASSWORD))
                .status())
        .isEqualTo(422);
  }

  @Test
  void what_staff_write_over_http_bears_their_own_hand() {
    Answer made =
        office
            .deputy()
            .json(
                "POST",
                "/v1/keys",
                "{\"label\":\"by staff\",\"holder\":\"gate-9\",\"scopes\":[\"ways\"],\"days\":1}");
    made.expect(201);
    office
        .deputy()
        .json(
            "POST",
            "/v1/keys",
            "{\"label\":\"x\",\"holder\":\"y\",\"scopes\":[\"approve\"],\"days\":1}")
        .expectProblem(403, "not_permitted");
    String staff = office.officer().json("GET", "/v1/staff", "").at("/items/0/id");
    office
        .deputy()
        .json(
            "POST",
            "/v1/keys",
            "{\"label\":\"x\",\"holder\":\"%s\",\"scopes\":[\"ways\"],\"days\":1}".formatted(staff))
        .expectProblem(400, "invalid_field");
    Answer written =
        office
            .officer()
            .json(
                "POST",
                "/v1/purposes",
                read("/cn/mingmian/server/examples/draftPurpose.request.json"));
    assertThat(written.expect(201).at("/author")).isEqualTo(staff).startsWith("stf_");
  }

  private static String half(Page page) {
    var found =
        java.util.regex.Pattern.compile("<strong>([0-9a-z]{4}(-[0-9a-z]{4}){3})</strong>")
            .matcher(page.text());
    assertThat(found.find()).as(page.text()).isTrue();
    return found.group(1);
  }

  private static String read(String resource) {
    try (var in = LoginTest.class.getResourceAsStream(resource)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(),
          java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Test
  void a_login_is_nowhere_in_the_log() {
    Visitor officer = office.officer();
    officer.get("/console");
    assertThat(server.log())
        .doesNotContain(officer.token())
        .doesNotContain(Office.PASSWORD)
        .doesNotContain(officer.guard());
  }
}
