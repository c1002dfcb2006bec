package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.staff.Role;
import cn.mingmian.server.Visitor.Page;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What staff see is to be done, and what they can do about it.
class ConsoleTest {
  private final RunningServer server = RunningServer.get();
  private final Office office = Office.get();

  @Test
  void a_gate_that_is_not_lawful_is_on_the_list_with_its_articles_and_cannot_be_switched_on() {
    HttpGate gate = HttpGate.setUp(server);
    close(gate);
    Visitor officer = office.officer();
    String home = officer.get("/console").text();
    assertThat(home).contains("/console/gates/" + gate.checkpoint, "第10条第1款", "完成前不得使用人脸");
    assertThat(officer.get("/console?lang=en").text()).contains("no faces until it is done");

    Page refused = officer.ownForm(at(gate, "/switch-on"), Map.of());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("现在还不能启用").contains("第10条");
    assertThat(officer.get("/console").text()).contains("class=\"bars\"");
    assertThat(server.get("/v1/refusals?from=" + LocalDate.now().minusDays(1), server.officer))
        .satisfies(answer -> assertThat(answer.text()).contains("MEASURES-2025/10.1"));
  }

  @Test
  void a_desk_that_is_seen_to_work_and_walked_five_times_opens_the_gate_again() {
    HttpGate gate = HttpGate.setUp(server);
    close(gate);
    Visitor officer = office.officer();
    Visitor keeper = office.as(Role.SITE_OPERATOR);
    String page = keeper.get(at(gate, "")).text();
    assertThat(page).contains("我看到它正常");
    assertThat(keeper.ownForm(at(gate, "/ways/" + gate.desk + "/works"), Map.of("works", "true")))
        .satisfies(p -> assertThat(p.status()).isEqualTo(200));
    Page walking = keeper.ownForm(at(gate, "/ways/" + gate.desk + "/walk"), Map.of());
    Matcher began = Pattern.compile("name=\"began\" value=\"([^\"]+)\"").matcher(walking.text());
    assertThat(began.find()).isTrue();
    String through = at(gate, "/ways/" + gate.desk + "/through");
    assertThat(keeper.ownForm(through, Map.of("began", began.group(1))).status()).isEqualTo(200);
    assertThat(keeper.ownForm(through, Map.of("began", "2026-01-01T00:00:00Z")).status())
        .as("nobody walks for months")
        .isEqualTo(409);
    officer.get(at(gate, ""));
    Page on = officer.ownForm(at(gate, "/switch-on"), Map.of());
    assertThat(on.status()).as(on.text()).isEqualTo(200);
    assertThat(on.text()).contains("设备已启用").contains("dec_");
  }

  @Test
  void who_writes_does_not_see_what_waits_for_approval_and_who_approves_sees_that_alone() {
    HttpGate gate = HttpGate.setUp(server);
    close(gate);
    server
        .post(
            "/v1/devices/" + gate.device + "/capture-area",
            server.officer,
            """
            {"corners":[{"x":0,"y":0},{"x":1,"y":0},{"x":1,"y":1},{"x":0,"y":1}],
             "smallestFaceHeight":0,"reason":"闸机前两步"}
            """)
        .expect(200);
    String waits = "CAPTURE_AREA " + gate.device;
    assertThat(office.officer().get("/console").text()).contains(waits, gate.checkpoint);
    assertThat(office.as(Role.APPROVER).get("/console").text())
        .contains(waits)
        .doesNotContain(gate.checkpoint);
    assertThat(office.as(Role.SITE_OPERATOR).get("/console").text())
        .contains(gate.checkpoint)
        .doesNotContain(waits);
    assertThat(office.as(Role.DESK).get("/console").text())
        .contains("您的角色没有待办清单")
        .doesNotContain(gate.checkpoint, waits);
  }

  @Test
  void every_list_comes_as_a_table_for_spreadsheets_without_formulas() {
    HttpGate gate = HttpGate.setUp(server);
    close(gate);
    Page agenda = office.officer().get("/console/agenda.csv");
    assertThat(agenda.header("Content-Disposition")).contains("agenda.csv");
    assertThat(agenda.raw().body()).startsWith("\uFEFF\"due\"".getBytes(StandardCharsets.UTF_8));
    assertThat(agenda.text()).contains("OPEN_POINT");
    String gates = office.officer().get("/console/gates.csv").text();
    assertThat(gates).contains(gate.checkpoint).doesNotContain(",\"=", ",\"+", ",\"@");
  }

  @Test
  void the_api_tells_what_the_console_shows() {
    HttpGate gate = HttpGate.setUp(server);
    assertThat(server.get("/v1/checkpoints/" + gate.checkpoint + "/open-points", server.officer))
        .satisfies(answer -> assertThat(answer.expect(200).json().at("/items")).isEmpty());
    close(gate);
    assertThat(
            server
                .get("/v1/checkpoints/" + gate.checkpoint + "/open-points", server.officer)
                .expect(200)
                .text())
        .contains("MEASURES-2025/10.1");
    assertThat(server.get("/v1/agenda", server.officer).expect(200).text())
        .contains(gate.checkpoint);
  }

  /// No way in without the face works any more.
  private void close(HttpGate gate) {
    Platform platform = server.server.part(Platform.class);
    platform.places().heartbeat(new WayId(gate.card), false, true, "controller-7");
    platform.places().heartbeat(new WayId(gate.desk), false, true, "desk-1");
  }

  private static String at(HttpGate gate, String act) {
    return "/console/gates/" + gate.checkpoint + act;
  }
}
