package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the people in front of the camera touch, page by page, at a gate that is really set up.
@SuppressWarnings("NullAway.Init")
class PeoplePagesTest {
  private static RunningServer server;
  private static HttpGate gate;

  @BeforeAll
  static void open() {
    HttpGate.needModels();
    server = RunningServer.get();
    gate = HttpGate.setUp(server);
  }

  // ---- a person

  @Test
  void from_the_desk_code_to_consent_and_back_withdrawing_takes_no_more_steps() {
    String person = gate.person(HttpGate.GROWN_UP);
    Phone phone = new Phone();

    // Giving: come in with the code, look at the notice, press.
    assertThat(phone.form("/me/in", Map.of("code", code(person))).status()).isEqualTo(302);
    Answer home = phone.get("/me");
    assertThat(home.text()).contains("没有保存您的任何人脸信息", "/me/ask/" + gate.checkpoint);
    Answer ask = phone.get("/me/ask/" + gate.checkpoint);
    assertThat(ask.text())
        .contains("不同意", "同意")
        .doesNotContain("checkbox")
        .doesNotContain("checked");
    Answer agreed =
        phone.form(
            "/me/ask/" + gate.checkpoint, Map.of("act", hidden(ask, "act"), "answer", "agree"));
    String receipt = path(agreed);
    assertThat(receipt).startsWith("/r/");

    // The same press twice is one consent.
    assertThat(
            path(
                phone.form(
                    "/me/ask/" + gate.checkpoint,
                    Map.of("act", hidden(ask, "act"), "answer", "agree"))))
        .isNotEqualTo(receipt);
    assertThat(consents(person)).isEqualTo(1);

    // Withdrawing: open the receipt's link without being signed in, press.
    Phone other = new Phone();
    assertThat(other.get(receipt).text()).contains("撤回同意");
    assertThat(other.get(receipt + "/receipt.pdf").text()).startsWith("%PDF-");
    assertThat(other.get(receipt + "/receipt.json").at("/events/0/event_state")).isEqualTo("given");
    assertThat(other.get(receipt + "/receipt.tlog-proof").text()).startsWith("c2sp.org/tlog-proof");
    assertThat(other.form(receipt + "/withdraw", Map.of()).status()).isEqualTo(302);
    assertThat(other.get(receipt).text()).contains("已撤回同意");
    assertThat(other.form(receipt + "/withdraw", Map.of()).status()).as("twice").isEqualTo(302);
  }

  @Test
  void no_is_as_near_as_yes_and_is_not_asked_again() {
    String person = gate.person(HttpGate.GROWN_UP);
    Phone phone = signedIn(person);
    Answer ask = phone.get("/me/ask/" + gate.checkpoint);
    Matcher buttons = Pattern.compile("<button class=\"big\" name=\"answer\"").matcher(ask.text());
    assertThat(buttons.results().count()).as("two buttons of one kind").isEqualTo(2);
    assertThat(
            path(
                phone.form(
                    "/me/ask/" + gate.checkpoint,
                    Map.of("act", hidden(ask, "act"), "answer", "refuse"))))
        .isEqualTo("/me?said=no");
    assertThat(phone.get("/me").text()).doesNotContain("/me/ask/" + gate.checkpoint);
    assertThat(phone.get("/me/ask/" + gate.checkpoint).text()).contains("48 小时内不再询问");
    assertThat(consents(person)).isZero();
  }

  @Test
  void a_child_cannot_agree_and_the_guardian_can() {
    String child = gate.person(LocalDate.now().minusYears(9));
    String mother = gate.person(HttpGate.GROWN_UP);
    Phone small = signedIn(child);
    assertThat(small.get("/me").text()).contains("你还不满十四岁");
    assertThat(small.get("/me/ask/" + gate.checkpoint).text())
        .contains("这要由爸爸妈妈或其他监护人来决定")
        .doesNotContain("name=\"act\"");

    Phone big = signedIn(mother);
    Answer ask = big.get("/me/ask/" + gate.checkpoint);
    assertThat(
            small
                .form(
                    "/me/ask/" + gate.checkpoint,
                    Map.of("act", hidden(ask, "act"), "answer", "agree"))
                .status())
        .as("the guardian's page, pressed by the child")
        .isEqualTo(404);
    String relation =
        gate.post(
                "/v1/guardianships",
                "{\"child\":\"%s\",\"guardian\":\"%s\",\"documentHash\":\"%s\"}"
                    .formatted(child, mother, HttpGate.HASH))
            .at("/id");
    String page = "/me/ask/" + gate.checkpoint + "?child=" + relation;
    assertThat(big.get("/me").text()).contains("替孩子决定");
    Answer forChild = big.get(page);
    assertThat(
            path(
                big.form(
                    "/me/ask/" + gate.checkpoint,
                    Map.of("act", hidden(forChild, "act"), "answer", "agree"))))
        .startsWith("/r/");
    assertThat(consents(child)).isEqualTo(1);
    assertThat(consents(mother)).isZero();
  }

  @Test
  void everything_about_me_is_there_to_take_along_and_goes_when_i_say_so() {
    String person = gate.person(HttpGate.GROWN_UP);
    gate.consent(person);
    gate.enrol(person, HttpGate.photo("images/p03/enrol.jpg")).expect(201);
    Phone phone = signedIn(person);
    assertThat(phone.get("/me").text()).contains("南苑", "人脸模板，", "登记人脸模板");
    assertThat(phone.get("/me/copy.json").at("/person")).isEqualTo(person);
    assertThat(path(phone.form("/me/delete", Map.of()))).isEqualTo("/me?said=deleted");
    assertThat(phone.get("/me").text()).contains("已销毁").doesNotContain("/me/withdraw/");
  }

  @Test
  void a_request_takes_one_page_and_its_answer_stands_there_with_its_reason() {
    String person = gate.person(HttpGate.GROWN_UP);
    Phone phone = signedIn(person);
    assertThat(path(phone.form("/me/requests", Map.of("kind", "OBJECT", "text", "昨天没有认出我"))))
        .isEqualTo("/me?said=asked");
    assertThat(phone.get("/me").text()).contains("异议：请人工复核", "昨天没有认出我", "最迟");
    String id =
        gate.get("/v1/requests")
            .json()
            .at("/items")
            .valueStream()
            .filter(r -> r.at("/person").asString().equals(person))
            .findFirst()
            .orElseThrow()
            .at("/id")
            .asString();
    String answer =
        "{\"granted\":false,\"reason\":{\"zh\":\"照片中不是本人\",\"en\":\"it was somebody else\"}}";
    server
        .post("/v1/requests/" + id + "/answer", server.officer, answer)
        .expectProblem(409, "not_looked_at");
    gate.post("/v1/requests/" + id + "/open", "");
    gate.post("/v1/requests/" + id + "/answer", answer);
    assertThat(phone.get("/me").text()).contains("照片中不是本人", "向法院起诉");
    assertThat(gate.get("/v1/requests/figures").json().at("/overturned").asDouble(-1))
        .as("turned over, of all that were decided")
        .isBetween(0.0, 0.99);
    assertThat(phone.form("/me/requests", Map.of("kind", "NONSENSE", "text", "x")).status())
        .isEqualTo(404);
  }

  @Test
  void a_bystander_complains_without_a_login_and_follows_it_by_its_number() {
    Phone stranger = new Phone();
    assertThat(stranger.get("/complaints").text()).contains("不需要登录");
    String page = path(stranger.form("/complaints", Map.of("about", "NO_SIGN", "text", "北门没有标识")));
    assertThat(stranger.get(page).text()).contains("已收到", "12377");
    String number = page.substring("/complaints/".length());
    gate.post("/v1/complaints/" + number + "/state", "{\"state\":\"ACCEPTED\"}");
    gate.post(
        "/v1/complaints/" + number + "/state", "{\"state\":\"HANDLED\",\"result\":\"标识已补装\"}");
    assertThat(stranger.get(page).text()).contains("标识已补装");
    assertThat(stranger.get("/complaints/cmp_" + "0".repeat(26)).status()).isEqualTo(404);
  }

  @Test
  void the_desk_hands_out_a_code_and_decides_with_nothing_filled_in() {
    String person = gate.person(HttpGate.GROWN_UP);
    signedIn(person).form("/me/requests", Map.of("kind", "OBJECT", "text", "不是我"));
    String id =
        gate.get("/v1/requests")
            .json()
            .at("/items")
            .valueStream()
            .filter(r -> r.at("/person").asString().equals(person))
            .findFirst()
            .orElseThrow()
            .at("/id")
            .asString();
    Visitor staff = Office.get().officer();
    assertThat(staff.get("/console/desk").text()).contains("服务台", "异议：请人工复核");
    Matcher code =
        Pattern.compile("[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}")
            .matcher(
                staff.ownForm("/console/desk/codes", Map.of("birthDate", "1980-01-02")).text());
    assertThat(code.find()).isTrue();
    assertThat(new Phone().form("/me/in", Map.of("code", code.group())).status()).isEqualTo(302);
    String review = staff.get("/console/desk/requests/" + id).text();
    assertThat(review).contains("name=\"outcome\"").doesNotContain("checked");
    assertThat(
            staff
                .ownForm(
                    "/console/desk/requests/" + id,
                    Map.of("outcome", "granted", "zh", "改判", "en", "overturned"))
                .status())
        .isEqualTo(302);
  }

  // ---- bad input

  @Test
  void a_pin_or_a_code_of_somebody_else_opens_nothing() {
    String person = gate.person(HttpGate.GROWN_UP);
    String code = code(person);
    Phone phone = new Phone();
    assertThat(phone.form("/me/in", Map.of("code", "AAA-AAA-AAA")).status()).isEqualTo(403);
    assertThat(phone.form("/me/in", Map.of("reference", "x", "pin", "1")).status()).isEqualTo(403);
    assertThat(phone.get("/me").text()).contains("验证码").doesNotContain(person);
    assertThat(phone.form("/me/in", Map.of("code", code)).status()).isEqualTo(302);
    assertThat(new Phone().form("/me/in", Map.of("code", code)).status()).as("used").isEqualTo(403);
  }

  @Test
  void a_cookie_that_is_not_ours_is_nobody() {
    Phone phone = new Phone();
    phone.cookie = "__Host-me=" + "A".repeat(60);
    assertThat(phone.get("/me").text()).contains("一次性验证码");
    assertThat(phone.get("/me/copy.json").status()).isEqualTo(401);
    assertThat(phone.form("/me/delete", Map.of()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r/0",
        "/r/00000000000000000000000000.AAAAAAAAAAAAAAAAAAAAAA",
        "/notices/chk_00000000000000000000000000",
        "/notices/nonsense",
        "/kiosk/nonsense"
      })
  void a_wrong_link_is_a_page_for_people_and_tells_nothing(String link) {
    Answer answer = server.get(link);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    assertThat(answer.text()).contains("您的权利不受影响").doesNotContain("Exception");
  }

  @Test
  void another_site_cannot_press_for_me() {
    Phone phone = signedIn(gate.person(HttpGate.GROWN_UP));
    assertThat(phone.form("/me/delete", Map.of(), "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
  }

  // ---- notices and the terminal

  @Test
  void the_notice_is_open_to_all_in_both_languages_and_lists_the_other_ways() {
    assertThat(server.get("/notices").text()).contains("南苑", "处理规则");
    Answer zh = server.get("/notices/" + gate.checkpoint);
    assertThat(zh.text()).contains("南苑物业", "365天", "刷卡", "人工服务台", "<polygon");
    assertThat(server.get("/notices/" + gate.checkpoint + "?lang=en").text())
        .contains("Card", "Staff desk", "at most 365 days");
    assertThat(server.get("/notices/" + gate.checkpoint + "/sign.pdf").text()).startsWith("%PDF-");
    assertThat(zh.raw().body().length).as("bytes of the page").isLessThan(100_000);
  }

  @Test
  void a_terminal_needs_its_key_and_then_offers_every_way_with_the_face_last() {
    Phone terminal = new Phone();
    assertThat(terminal.get("/kiosk/" + gate.checkpoint).text()).contains("这台终端尚未启用");
    assertThat(terminal.form("/kiosk/" + gate.checkpoint + "/face", Map.of("visit", "x")).status())
        .isEqualTo(401);
    assertThat(
            terminal
                .form("/kiosk/" + gate.checkpoint + "/key", Map.of("key", gate.deputy))
                .status())
        .isEqualTo(403);
    assertThat(
            terminal
                .form("/kiosk/" + gate.checkpoint + "/key", Map.of("key", gate.officer))
                .status())
        .isEqualTo(302);
    gate.waysWork(true);
    String page = terminal.get("/kiosk/" + gate.checkpoint).text();
    assertThat(page).contains("刷卡", "人工服务台", "刷脸", "让自愿登记的住户不用钥匙通过南门");
    assertThat(page.indexOf("刷卡")).isLessThan(page.indexOf(">刷脸<"));
    assertThat(page).doesNotContain("<video");

    String visit = hidden(terminal.get("/kiosk/" + gate.checkpoint), "visit");
    Answer face = terminal.form("/kiosk/" + gate.checkpoint + "/face", Map.of("visit", visit));
    assertThat(face.text()).contains("<video", "<polygon", "用途");
    assertThat(terminal.get("/kiosk/" + gate.checkpoint + "/statement.pdf?visit=" + visit).text())
        .startsWith("%PDF-");

    gate.waysWork(false);
    assertThat(terminal.get("/kiosk/" + gate.checkpoint).text())
        .contains("人脸方式暂停使用")
        .doesNotContain(">刷脸<");
    assertThat(terminal.form("/kiosk/" + gate.checkpoint + "/face", Map.of("visit", visit)).text())
        .contains("现在不使用人脸")
        .doesNotContain("<video");
    gate.waysWork(true);
  }

  @Test
  void the_public_listener_serves_people_and_nothing_that_looks_at_faces() {
    int port = server.server.publicPort().orElseThrow();
    for (String inside :
        new String[] {
          "/",
          "/v1/identifications",
          "/v1/people",
          "/login",
          "/console",
          "/kiosk/" + gate.checkpoint,
          "/v1/openapi.json",
          "/me/../v1/people",
          "/me;/../console",
          "/%6b/login"
        }) {
      assertThat(at(port, inside)).as(inside).isIn(400, 404);
    }
    for (String outside :
        new String[] {
          "/notices",
          "/notices/" + gate.checkpoint,
          "/me",
          "/log/checkpoint",
          "/style.css",
          "/v1/passes/key",
          "/v1/passes/revocations"
        }) {
      assertThat(at(port, outside)).as(outside).isEqualTo(200);
    }
  }

  private static int at(int port, String path) {
    String host = server.server.address().replaceAll(":\\d+$", ":" + port);
    try {
      return server.send(HttpRequest.newBuilder(URI.create(host + path))).status();
    } catch (IllegalArgumentException unsendable) {
      return 400;
    }
  }

  // ----

  private static String code(String person) {
    return gate.post("/v1/codes", "{\"person\":\"%s\",\"opens\":\"PORTAL\"}".formatted(person))
        .at("/code");
  }

  private static Phone signedIn(String person) {
    Phone phone = new Phone();
    assertThat(phone.form("/me/in", Map.of("code", code(person))).status()).isEqualTo(302);
    return phone;
  }

  private static int consents(String person) {
    return gate.get("/v1/people/" + person + "/consents").json().at("/items").size();
  }

  private static String hidden(Answer page, String name) {
    Matcher field =
        Pattern.compile("name=\"%s\" value=\"([^\"]+)\"".formatted(name)).matcher(page.text());
    assertThat(field.find()).as("%s in %s", name, page.text()).isTrue();
    return field.group(1);
  }

  private static String path(Answer redirect) {
    assertThat(redirect.status()).as(redirect.text()).isEqualTo(302);
    URI to = URI.create(redirect.header("Location"));
    return to.getQuery() == null ? to.getPath() : to.getPath() + "?" + to.getQuery();
  }

  /// A browser as far as forms and our two cookies go.
  private static final class Phone {
    private String cookie = "";

    Answer get(String path) {
      return keep(server.send(server.request(path).header("Cookie", cookie)));
    }

    Answer form(String path, Map<String, String> fields, String... headers) {
      String body =
          fields.entrySet().stream()
              .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      HttpRequest.Builder request =
          server
              .request(path)
              .header("Cookie", cookie)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(body));
      if (headers.length > 0) request.headers(headers);
      return keep(server.send(request));
    }

    private Answer keep(Answer answer) {
      Optional<String> given =
          answer.raw().headers().allValues("Set-Cookie").stream()
              .filter(c -> c.startsWith("__Host-me=") || c.startsWith("__Host-kiosk="))
              .findFirst();
      given.ifPresent(c -> cookie = c.substring(0, c.indexOf(';')));
      return answer;
    }
  }
}
