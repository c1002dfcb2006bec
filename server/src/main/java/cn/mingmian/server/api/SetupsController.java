package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.setup.Answers;
import cn.mingmian.platform.setup.SetupDraft;
import cn.mingmian.platform.setup.SetupDrafts;
import cn.mingmian.platform.setup.StarterPlace;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Usual places, set up in one go: one hand writes the whole, another approves the whole.
@RestController
@Tag(name = "Places 场所")
class SetupsController {

  private final SetupDrafts drafts;

  SetupsController(Platform platform) {
    this.drafts = platform.setupDrafts();
  }

  /// @param replaces  the draft that this one was made from
  record NewSetup(StarterPlace kind, Answers answers, Optional<String> replaces) {}

  record Setups(List<SetupDraft> items) {}

  @Operation(
      summary = "List set-ups that wait for approval",
      description = "Oldest first; a draft that another one replaced no longer waits.")
  @GetMapping("/v1/setups")
  @Needs(Scope.READ)
  Setups listSetups() {
    return new Setups(drafts.waiting());
  }

  @Operation(
      summary = "Write the set-up of a usual place",
      description =
          "Operator, site, zone, purpose, device, sign, other ways, assessment and notice from one"
              + " set of answers. Nothing is on record before another hand has approved it.")
  @PostMapping("/v1/setups")
  @Needs(Scope.SET_UP)
  ResponseEntity<SetupDraft> draftSetup(@RequestBody NewSetup request, Caller caller) {
    SetupDraft draft =
        drafts.write(
            Fields.present("/kind", request.kind()),
            Fields.present("/answers", request.answers()),
            request.replaces(),
            Records.hand(caller));
    return Records.created("/v1/setups/" + draft.id(), draft);
  }

  @Operation(summary = "Read a set-up")
  @GetMapping("/v1/setups/{id}")
  @Needs(Scope.READ)
  SetupDraft showSetup(@PathVariable String id) {
    return Records.found(drafts.find(id), "setup", id);
  }

  @Operation(
      summary = "Approve a set-up",
      description =
          "By another hand than its author's. Everything is put on record at once, or nothing; the"
              + " device stays off until it is switched on.")
  @PostMapping("/v1/setups/{id}/approve")
  @Needs(Scope.APPROVE)
  SetupDraft approveSetup(@PathVariable String id, Caller caller) {
    return drafts.approve(id, Records.hand(caller));
  }
}
