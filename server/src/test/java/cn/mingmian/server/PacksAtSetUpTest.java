package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Rule packs chosen with `serve --packs`.
class PacksAtSetUpTest {
  private static Settings given(String packs, String data) {
    return ServeCommand.settings(
        Arguments.parse(
            List.of("--packs", packs, "--data", data), Set.of("--packs", "--data"), Set.of()));
  }

  @Test
  void the_names_are_those_of_the_exchange_format() {
    assertThat(given("draft-2023,proposals", "d").packs())
        .containsExactlyInAnyOrder(Pack.DRAFT_2023, Pack.PROPOSALS);
    for (String wrong : List.of("DRAFT_2023", "law", "", "draft-2023,", "standards proposals")) {
      assertThatThrownBy(() -> given(wrong, "d"))
          .isInstanceOf(BadArgumentException.class)
          .hasMessageContaining("standards,draft-2023,proposals")
          .hasMessageContaining("`" + wrong + "`");
    }
  }

  @Test
  void what_is_chosen_applies_from_the_start_and_is_still_no_law() {
    try (RunningServer server =
        RunningServer.fresh(
            settings -> given("draft-2023", settings.data().toString()).onFreePorts())) {
      assertThat(server.server.packs()).isEqualTo(EnumSet.of(Pack.STANDARDS, Pack.DRAFT_2023));
      for (JsonNode pack : server.get("/v1/rule-packs").expect(200).json().at("/items")) {
        assertThat(pack.at("/on").asBoolean())
            .isEqualTo(!pack.at("/pack").asString().equals("PROPOSALS"));
        assertThat(pack.at("/law").asBoolean()).isFalse();
      }
    }
  }
}
