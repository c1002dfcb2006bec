package cn.mingmian.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.access.ApiKey;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static Caller with(Scope... scopes) {
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    return new Caller.OfKey(
        new ApiKey(
            UUID.randomUUID(),
            "gate",
            "gate",
            Set.of(scopes),
            Optional.empty(),
            now,
            now.plusSeconds(60),
            Optional.empty()));
  }

  @Test
  void scores_are_coarse_for_whoever_does_not_need_them() {
    Caller gate = with(Scope.VERIFY);
    assertThat(FacesController.told(.3499, gate)).isEqualTo(.3);
    assertThat(FacesController.told(.3001, gate)).isEqualTo(.3);
    assertThat(FacesController.told(-.02, gate)).isEqualTo(-.05);
    assertThat(FacesController.told(.3499, with(Scope.VERIFY, Scope.SCORES))).isEqualTo(.3499);
  }
}
