package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Permits.After;
import cn.mingmian.platform.permit.Permits.Listed;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The decisions that were taken, in the order they were; what-if leaves none.
@RestController
@Tag(name = "Taken decisions 已作出的决定")
class TakenDecisionsController {

  private final Permits permits;
  private final Cursors cursors;

  TakenDecisionsController(Platform platform, Cursors cursors) {
    this.permits = platform.permits();
    this.cursors = cursors;
  }

  @Operation(
      summary = "List the decisions that were taken",
      description = "Newest first; never whom they were about. Detail of passages ends in a week.")
  @GetMapping("/v1/decisions")
  @Needs(Scope.READ)
  @ForPurpose
  Cursors.Page<Listed> listDecisions(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor, Caller caller) {
    Optional<PurposeId> only = caller.purpose().map(PurposeId::new);
    return cursors.keyset(
        "decisions " + only.map(PurposeId::value).orElse(""),
        limit,
        cursor,
        (after, most) -> permits.page(only, after.map(TakenDecisionsController::place), most),
        listed -> listed.at() + " " + listed.id());
  }

  private static After place(String key) {
    int space = key.indexOf(' ');
    return new After(Instant.parse(key.substring(0, space)), key.substring(space + 1));
  }
}
