package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.defence.Signal;
import cn.mingmian.platform.places.CheckpointId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An attack that was noticed is shown over the API, and a person ends it with a reason.
class AlertsTest {
  private final RunningServer server = RunningServer.get();

  @Test
  void a_suspension_is_visible_and_undone_by_a_person() {
    CheckpointId checkpoint = new CheckpointId("chk_0123456789abcdefghjkmnpqrs");
    for (int i = 0; i < 15; i++) {
      server.server.part(Platform.class).defence().see(new Signal.Searched(checkpoint, true));
    }
    JsonNode alert = open(checkpoint);
    assertThat(alert.at("/attack").asString()).isEqualTo("ENUMERATION");
    assertThat(alert.at("/suspends").asBoolean()).isTrue();

    String lift = "/v1/alerts/" + alert.at("/id").asString() + "/lift";
    server.post(lift, server.officer, "{\"reason\":\" \"}").expectProblem(409, "reason_missing");
    var lifted =
        server.post(lift, server.officer, "{\"reason\":\"a class of schoolchildren\"}").expect(200);
    assertThat(lifted.at("/liftedBy")).isEqualTo("officer");
    assertThat(server.get("/v1/alerts", server.officer).text())
        .contains("a class of schoolchildren");
    assertThat(server.post(lift, server.officer, "{\"reason\":\"again\"}").status()).isEqualTo(404);
    server.get("/v1/alerts").expectProblem(401, "unauthenticated");
  }

  private JsonNode open(CheckpointId checkpoint) {
    for (JsonNode each : server.get("/v1/alerts", server.officer).expect(200).json().at("/open")) {
      if (each.at("/target").asString().equals(checkpoint.value())) return each;
    }
    throw new AssertionError("no alert about `%s`".formatted(checkpoint));
  }
}
