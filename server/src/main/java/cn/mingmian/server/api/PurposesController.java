package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What faces are used for. One hand drafts, another approves.
@RestController
@Tag(name = "Purposes 目的")
class PurposesController {

  private final Purposes purposes;
  private final Cursors cursors;

  PurposesController(Platform platform, Cursors cursors) {
    this.purposes = platform.purposes();
    this.cursors = cursors;
  }

  /// @param from  the version that this change was made from
  record Revision(int from, Terms terms) {}

  record Version(int version) {}

  @Operation(summary = "List purposes", description = "The latest version of each.")
  @GetMapping("/v1/purposes")
  @Needs(Scope.READ)
  Cursors.Page<Purpose> listPurposes(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.page("purposes", purposes.all(), purpose -> purpose.id().value(), limit, cursor);
  }

  @Operation(
      summary = "Draft a purpose",
      description =
          "Statement, necessity, the ladder of lesser means and why each fails, ground and"
              + " retention. Nothing may be done under it before another hand has approved it.")
  @PostMapping("/v1/purposes")
  @Needs(Scope.SET_UP)
  ResponseEntity<Purpose> draftPurpose(@RequestBody Terms request, Caller caller) {
    PurposeId id = purposes.draft(request, Records.hand(caller));
    return Records.created("/v1/purposes/" + id, get(id));
  }

  @Operation(summary = "Read a purpose", description = "Its latest version.")
  @GetMapping("/v1/purposes/{id}")
  @Needs(Scope.READ)
  @ForPurpose
  Purpose showPurpose(@PathVariable PurposeId id, Caller caller) {
    caller.mayUse(id.value());
    return get(id);
  }

  @Operation(
      summary = "Revise a purpose",
      description =
          "Makes a new version, which counts once it is approved; consents to another purpose or"
              + " method do not carry over.")
  @PutMapping("/v1/purposes/{id}")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Purpose revisePurpose(@PathVariable PurposeId id, @RequestBody Revision request, Caller caller) {
    caller.mayUse(id.value());
    purposes.revise(id, request.from(), request.terms(), Records.hand(caller));
    return get(id);
  }

  @Operation(
      summary = "Approve a purpose",
      description = "By another hand than its author's: `author_is_approver` otherwise.")
  @PostMapping("/v1/purposes/{id}/approve")
  @Needs(Scope.APPROVE)
  @ForPurpose
  Purpose approvePurpose(@PathVariable PurposeId id, @RequestBody Version request, Caller caller) {
    caller.mayUse(id.value());
    purposes.approve(id, request.version(), Records.hand(caller));
    return get(id);
  }

  @Operation(summary = "End a purpose", description = "For good; nothing may be done under it.")
  @PostMapping("/v1/purposes/{id}/end")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Purpose endPurpose(@PathVariable PurposeId id, Caller caller) {
    caller.mayUse(id.value());
    purposes.end(id, Records.hand(caller));
    return get(id);
  }

  private Purpose get(PurposeId id) {
    return Records.found(purposes.latest(id), "purpose", id);
  }
}
