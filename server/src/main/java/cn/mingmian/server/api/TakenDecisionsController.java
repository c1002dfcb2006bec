package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Permits.After;
import cn.mingmian.platform.permit.Permits.Listed;
import cn.mingmian.platform.permit.Permits.Recorded;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The decisions that were taken, as they were recorded; what-if leaves none.
@RestController
@Tag(name = "Taken decisions 已作出的决定")
class TakenDecisionsController {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern LEADS_TO_A_PERSON =
      Pattern.compile("\\b(per|con|grd|shn|hol|ses|ord)_[0-9a-z]{26}");

  private final Permits permits;
  private final Cursors cursors;

  TakenDecisionsController(Platform platform, Cursors cursors) {
    this.permits = platform.permits();
    this.cursors = cursors;
  }

  /// @param facts  what was judged
  /// @param sources  by JSON pointer into `facts`: where each came from
  /// @param decision  outcome, every finding and every duty
  /// @param replays  whether the facts decide the same under the rulebook of today
  record DecisionView(
      String id,
      Instant at,
      String verb,
      PurposeId purpose,
      CheckpointId checkpoint,
      String outcome,
      String rulebook,
      Map<String, Object> facts,
      Map<String, Object> sources,
      Map<String, Object> decision,
      Optional<Boolean> replays,
      EntryId entry) {}

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

  @Operation(
      summary = "Read a decision that was taken",
      description =
          "The facts it was taken on, the source of each, and every finding; whom it was about is left"
              + " out.")
  @GetMapping("/v1/decisions/{id}")
  @Needs(Scope.READ)
  @ForPurpose
  DecisionView showDecision(@PathVariable String id, Caller caller) {
    Recorded taken = Records.found(permits.find(id), "decision", id);
    caller.mayUse(taken.purpose().value());
    return new DecisionView(
        taken.id(),
        taken.at(),
        taken.verb(),
        taken.purpose(),
        taken.checkpoint(),
        taken.outcome(),
        taken.rulebook(),
        object(taken.facts()),
        object(taken.sources()),
        object(taken.findings()),
        permits.replay(id).map(replay -> replay.differences().isEmpty()),
        taken.entry());
  }

  private static After place(String key) {
    int space = key.indexOf(' ');
    return new After(Instant.parse(key.substring(0, space)), key.substring(space + 1));
  }

  /// Without what leads to the person: their birth date, and the records that name them.
  private static Map<String, Object> object(String json) {
    JsonNode page = JSON.readTree(LEADS_TO_A_PERSON.matcher(json).replaceAll("$1_..."));
    if (page.path("person") instanceof ObjectNode person && person.has("birthDate")) {
      person.put("birthDate", "...");
    }
    return JSON.convertValue(page, new TypeReference<>() {});
  }
}
