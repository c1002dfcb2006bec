package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.staff.StaffId;
import cn.mingmian.platform.staff.Viewing;
import cn.mingmian.platform.staff.Viewings;
import cn.mingmian.platform.viewing.Look;
import cn.mingmian.platform.viewing.Views;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Staff look at one person, with a reason, after another hand approved it.
@RestController
@Tag(name = "People 人员")
class ViewingsController {

  private static final int MOST = 100;

  private final Viewings viewings;
  private final Views views;
  private final Clock clock;

  ViewingsController(Platform platform, Clock clock) {
    this.viewings = platform.viewings();
    this.views = platform.views();
    this.clock = clock;
  }

  record NewViewing(PersonId person, PurposeId purpose, String reason) {}

  record ViewingList(List<Viewing> items) {}

  /// Who looked, and when: stands with everything that is shown.
  record Watermark(String viewer, Instant at) {}

  record Seen(
      Watermark watermark,
      Person person,
      List<PeopleController.HoldingView> holdings,
      List<Consent> consents,
      EntryId entry) {}

  @Operation(
      summary = "Ask to see what is held of a person",
      description = "By a member of staff, with a reason. Another hand approves each viewing.")
  @PostMapping("/v1/viewings")
  @Needs(Scope.VIEW)
  ResponseEntity<Viewing> requestViewing(@RequestBody NewViewing request, Caller caller) {
    Viewing viewing =
        viewings.request(viewer(caller), request.person(), request.purpose(), request.reason());
    return Records.created("/v1/viewings/" + viewing.id(), viewing);
  }

  @Operation(
      summary = "The register of viewings",
      description = "The newest hundred, or everybody who asked to see one person.")
  @GetMapping("/v1/viewings")
  @Needs({Scope.APPROVE, Scope.AUDIT})
  ViewingList listViewings(
      @org.springframework.web.bind.annotation.RequestParam Optional<PersonId> person) {
    return new ViewingList(person.map(viewings::of).orElseGet(() -> viewings.latest(MOST)));
  }

  @Operation(
      summary = "Approve a viewing",
      description = "By another hand than the viewer's. It is good for a quarter of an hour.")
  @PostMapping("/v1/viewings/{id}/approve")
  @Needs(Scope.APPROVE)
  Viewing approveViewing(@PathVariable String id, Caller caller) {
    return viewings.approve(id, Records.hand(caller));
  }

  @Operation(
      summary = "Look",
      description =
          "Asks the law for `ACCESS`, registers the look in the log, and shows the one person's"
              + " records: never a template. `refused` with the findings otherwise.")
  @PostMapping("/v1/viewings/{id}/look")
  @Needs(Scope.VIEW)
  Seen look(@PathVariable String id, Caller caller) {
    return switch (views.look(id, Records.hand(caller))) {
      case Look.Refused(var refusal) -> throw FacesController.refused(refusal);
      case Look.Seen seen ->
          new Seen(
              new Watermark(caller.holder(), clock.instant()),
              seen.person(),
              seen.holdings().stream().map(PeopleController.HoldingView::of).toList(),
              seen.consents(),
              seen.entry());
    };
  }

  private static StaffId viewer(Caller caller) {
    if (caller instanceof Caller.OfStaff(var session)) {
      return session.account().id();
    }
    throw new RejectedRecordException("viewer-is-no-person", "a viewing is asked for by a person");
  }
}
