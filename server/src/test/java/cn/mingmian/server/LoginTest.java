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
  void what_a_role_writes_over_http_bears_its_own_hand_and_its_reach_ends_with_the_role() {
    Visitor officer = office.officer();
    Answer listed = officer.api("GET", "/v1/purposes", "");
    assertThat(listed.status()).isEqualTo(200);
    Visitor watcher = office.watcher();
    assertThat(watcher.api("GET", "/v1/purposes", "").at("/code")).isEqualTo("not_permitted");
    assertThat(watcher.api("GET", "/v1/keys", "").at("/code")).isEqualTo("not_permitted");
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
