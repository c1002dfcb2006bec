package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Section;
import cn.mingmian.platform.setup.StarterPlace;
import cn.mingmian.server.Visitor.Page;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// From a form to a gate that is on, by two people at the console and nothing else.
class SetupPagesTest {
  private final Office office = Office.get();

  @Test
  void an_officer_writes_a_deputy_approves_a_keeper_walks_and_the_gate_is_on() {
    Visitor officer = office.officer();
    for (StarterPlace kind : StarterPlace.values()) {
      assertThat(officer.get("/console/setup").text()).contains("/console/setup/" + kind);
      assertThat(officer.get("/console/setup/" + kind).status()).as(kind.name()).isEqualTo(200);
    }
    officer.get("/console/setup/RESIDENTIAL_GATE");
    Page written = officer.ownForm("/console/setup/RESIDENTIAL_GATE", filledIn());
    assertThat(written.status()).as(written.text()).isEqualTo(302);
    String draft = path(written);
    assertThat(officer.get(draft).text()).contains("须由另一人批准").doesNotContain("/approve\"");
    assertThat(officer.ownForm(draft + "/approve", Map.of()).status()).isEqualTo(409);

    Visitor deputy = office.deputy();
    assertThat(deputy.get("/console").text()).contains(draft);
    Page read = deputy.get(draft);
    assertThat(read.text())
        .contains("南苑物业", "与业主委员会议定", "将要公布的告知", "刷卡", "/approve\"")
        .doesNotContain("??");
    assertThat(deputy.get(draft + "?lang=en").text()).contains("Still to be done");
    Page approved = deputy.ownForm(draft + "/approve", Map.of());
    assertThat(approved.status()).as(approved.text()).isEqualTo(302);
    String gate = path(approved);
    assertThat(officer.get(gate).text()).contains("SN-17").doesNotContain("??");
    assertThat(officer.ownForm(gate + "/switch-on", Map.of()).status())
        .as("nobody has walked the other ways yet")
        .isEqualTo(403);
  }

  @Test
  void a_form_with_a_fault_comes_back_with_everything_that_was_written() {
    Visitor officer = office.officer();
    officer.get("/console/setup/GYM_TURNSTILE");
    Map<String, String> fields = filledIn();
    fields.put("signOn", "yesterday");
    Page back = officer.ownForm("/console/setup/GYM_TURNSTILE", fields);
    assertThat(back.status()).isEqualTo(409);
    assertThat(back.text()).contains("`signOn`: expected a day", "与业主委员会议定", "SN-17");
    fields.put("signOn", LocalDate.now().minusDays(2).toString());
    fields.put("section.LEAK_RISK", "可能性：【低/中/高】");
    back = officer.ownForm("/console/setup/GYM_TURNSTILE", fields);
    assertThat(back.status()).isEqualTo(409);
    assertThat(back.text()).contains("LEAK_RISK");
  }

  private Map<String, String> filledIn() {
    Map<String, String> fields = new HashMap<>();
    fields.put("operator", "南苑物业");
    fields.put("contact", "privacy@nanyuan.example");
    fields.put("officer", "李");
    fields.put("processor", "PROPERTY_MANAGER");
    fields.put("public", "on");
    fields.put("mlpsLevel", "3");
    fields.put("mlpsNumber", "31000-26001");
    fields.put("mlpsOn", LocalDate.now().minusMonths(5).toString());
    fields.put("mlpsHash", HttpGate.HASH);
    fields.put("site", "南苑");
    fields.put("province", "ZHEJIANG");
    fields.put("gate", "东门");
    fields.put("device", "东门一号");
    fields.put("serial", "SN-17");
    fields.put("catalogued", "on");
    fields.put("certificate", "CERT-1");
    fields.put("tested", LocalDate.now().minusMonths(3).toString());
    for (String side : new String[] {"left", "top", "smallest", "extra"}) fields.put(side, "0");
    fields.put("right", "100");
    fields.put("bottom", "100");
    fields.put("area", "闸机前一步");
    fields.put("signHash", HttpGate.HASH);
    fields.put("signOn", LocalDate.now().minusDays(2).toString());
    fields.put("signAt", "门柱左侧");
    fields.put("days", "365");
    fields.put("because", "租约以一年为期");
    fields.put("ethics", "与业主委员会讨论过");
    fields.put("way.CARD", "on");
    fields.put("way.STAFF_DESK", "on");
    fields.put("metres", "2");
    fields.put("power", "UPS");
    for (String help : new String[] {"large", "aloud", "assisted"}) fields.put(help, "on");
    fields.put("evidence", "现场测试报告");
    for (Section section : Section.values()) fields.put("section." + section, "与业主委员会议定");
    return fields;
  }

  private static String path(Page page) {
    String location = page.header("Location");
    return location.substring(location.indexOf("/console"));
  }
}
