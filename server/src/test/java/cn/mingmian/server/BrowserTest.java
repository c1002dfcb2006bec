package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The pages of people in a real browser, on a phone first: steps counted, no barrier, nothing
/// from elsewhere. Skipped, visibly, where there is no Chromium.
@SuppressWarnings("NullAway.Init")
class BrowserTest {
  private static RunningServer server;
  private static HttpGate gate;
  private static String axe;

  @BeforeAll
  static void open() throws IOException {
    Assumptions.assumeTrue(
        Browser.program().isPresent(), "no Chromium found: browser tests skipped");
    HttpGate.needModels();
    server = RunningServer.get();
    gate = HttpGate.setUp(server);
    try (InputStream in =
        BrowserTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void withdrawing_takes_no_more_presses_than_agreeing_and_no_is_as_near_as_yes() {
    String person = gate.person(HttpGate.GROWN_UP);
    String code =
        gate.post("/v1/codes", "{\"person\":\"%s\",\"opens\":\"PORTAL\"}".formatted(person))
            .at("/code");
    try (Browser phone = Browser.open(390, 844, null)) {
      phone.go(server.server.address() + "/me");
      easy(phone, "enter");
      phone.type("input[name=code]", code);
      phone.press("form:has(input[name=code]) button");
      easy(phone, "me");

      int agreeing = 0;
      phone.press("a[href^='/me/ask/%s']".formatted(gate.checkpoint));
      agreeing++;
      easy(phone, "ask");
      JsonNode buttons =
          phone.js(
              "[...document.querySelectorAll('.choice button')].map(b => { const r = b.getBoundingClientRect(), s = getComputedStyle(b); return [r.width, r.height, s.fontSize, s.color, s.backgroundColor].join(); })");
      assertThat(buttons.get(0)).as("no beside yes").isEqualTo(buttons.get(1));
      phone.press("button[value=agree]");
      agreeing++;
      easy(phone, "receipt");
      String receipt = phone.path();

      int withdrawing = 0;
      phone.go(server.server.address() + receipt); // as the QR code does
      withdrawing++;
      phone.press("form[action$='/withdraw'] button");
      withdrawing++;
      assertThat(phone.text()).contains("已撤回同意");
      easy(phone, "withdrawn");
      assertThat(withdrawing).isLessThanOrEqualTo(agreeing);
      assertThat(phone.hosts()).containsOnly("localhost");
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void what_is_open_to_all_is_easy_on_a_phone_and_on_a_desk() {
    for (int width : new int[] {390, 1280}) {
      try (Browser browser = Browser.open(width, 844, null)) {
        for (String page :
            List.of("/notices", "/notices/" + gate.checkpoint, "/me", "/complaints")) {
          for (String language : List.of("zh", "en")) {
            browser.go(server.server.address() + page + "?lang=" + language);
            easy(
                browser,
                "open"
                    + page.replaceAll("chk_\\w+", "one").replace('/', '-')
                    + "-"
                    + language
                    + "-"
                    + width);
          }
        }
        assertThat(browser.hosts()).containsOnly("localhost");
        assertThat(browser.complaints()).isEmpty();
      }
    }
  }

  @Test
  void at_the_terminal_the_camera_starts_with_the_press_and_the_result_shows_no_score(
      @TempDir Path folder) throws IOException {
    String person = gate.person(HttpGate.GROWN_UP);
    gate.consent(person);
    gate.enrol(person, HttpGate.photo("images/p06/enrol.jpg")).expect(201);
    gate.waysWork(true);
    try (Browser terminal = Browser.open(1024, 768, scene("images/p06/enrol.jpg", folder))) {
      terminal.go(server.server.address() + "/kiosk/" + gate.checkpoint);
      terminal.type("input[name=key]", gate.officer);
      terminal.press("form button");
      easy(terminal, "kiosk-choose");
      assertThat(terminal.js("document.querySelector('video') === null").asBoolean(false)).isTrue();
      terminal.press("form[action$='/face'] button");
      easy(terminal, "kiosk-face");
      String outcome =
          terminal
              .js(
                  """
                  (async () => {
                    const take = document.querySelector('[data-take]'), said = document.querySelector('.verdict');
                    for (let i = 0; i < 100 && take.disabled; i++) await new Promise(r => setTimeout(r, 100));
                    take.click();
                    for (let i = 0; i < 300 && said.hidden; i++) await new Promise(r => setTimeout(r, 100));
                    return said.className + '|' + said.textContent;
                  })()
                  """)
              .asString("");
      terminal.screenshot("kiosk-result");
      assertThat(outcome).as("%s", terminal.answers("/face/")).isEqualTo("verdict good|请通行");
      assertThat(terminal.text()).doesNotContainPattern("0\\.\\d\\d").doesNotContain(person);
      assertThat(terminal.js("localStorage.length + sessionStorage.length").asInt(-1))
          .as("kept in the browser")
          .isZero();
      assertThat(terminal.js("document.cookie").asString("x")).isEmpty();
    }
  }

  /// Nothing that axe-core finds, nothing that sticks out to the side, fewer than 100 kB.
  private static void easy(Browser browser, String name) {
    browser.screenshot(name);
    assertThat(browser.js("document.documentElement.scrollWidth <= innerWidth").asBoolean(false))
        .as("%s fits the width", name)
        .isTrue();
    assertThat(browser.js("document.documentElement.outerHTML.length").asInt(0))
        .isLessThan(100_000);
    browser.js(axe + "; 0");
    JsonNode found =
        browser.js(
            "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' ')))");
    assertThat(found).as(name).isEmpty();
  }

  /// A camera's film of one photo that does not move.
  private static Path scene(String photo, Path folder) throws IOException {
    ByteArrayOutputStream film = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) film.write(HttpGate.photo(photo));
    return Files.write(folder.resolve("camera.mjpeg"), film.toByteArray());
  }
}
