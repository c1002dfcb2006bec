package cn.mingmian.server.api;

import cn.mingmian.law.facts.FilingStatus;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.filing.FilingState;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.command.DueView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The five families of protection, classified protection, and the filing with the authority.
@RestController
@Tag(name = "Controls 安全措施")
class ControlsController {

  private final Controls controls;
  private final Filing filing;

  ControlsController(Platform platform) {
    this.controls = platform.controls();
    this.filing = platform.filing();
  }

  record ControlList(List<ControlState> items) {}

  /// @param on  the day of it
  /// @param receipt  what the authority answered with
  record FilingRecord(FilingStatus status, LocalDate on, String receipt, String documentHash) {}

  /// @param due  by when it must be filed; absent below 100,000 persons
  record FilingView(
      long storedPersons,
      FilingStatus status,
      Optional<LocalDate> reachedOn,
      Optional<DueView> due) {

    static FilingView of(FilingState state) {
      return new FilingView(
          state.storedPersons(), state.status(), state.reachedOn(), state.due().map(DueView::of));
    }
  }

  @Operation(
      summary = "How the five families of protection stand",
      description =
          "Each with its dated checks. A family without a passed check of the last 24 hours does not"
              + " count as working, and faces are refused.")
  @GetMapping("/v1/controls")
  @Needs(Scope.READ)
  ControlList listControls() {
    return new ControlList(controls.states());
  }

  @Operation(summary = "Check the families of protection now")
  @PostMapping("/v1/controls/checks")
  @Needs(Scope.SET_UP)
  ControlList runControls() {
    return new ControlList(controls.runAll());
  }

  @Operation(summary = "The record of classified protection")
  @GetMapping("/v1/classified-protection")
  @Needs(Scope.READ)
  Mlps showClassifiedProtection() {
    return Records.found(controls.mlps(), "classified-protection", "record");
  }

  @Operation(summary = "Record classified protection")
  @PutMapping("/v1/classified-protection")
  @Needs(Scope.SET_UP)
  Mlps recordClassifiedProtection(@RequestBody Mlps request, Caller caller) {
    controls.recordMlps(request, Records.hand(caller));
    return Records.found(controls.mlps(), "classified-protection", "record");
  }

  @Operation(
      summary = "How filing with the authority stands",
      description = "Persons, not images; the day 100,000 were reached is latched.")
  @GetMapping("/v1/filing")
  @Needs(Scope.READ)
  FilingView showFiling() {
    return FilingView.of(filing.state());
  }

  @Operation(summary = "Record a filing, its change or its cancellation")
  @PostMapping("/v1/filing")
  @Needs(Scope.SET_UP)
  FilingView recordFiling(@RequestBody FilingRecord request, Caller caller) {
    filing.record(
        request.status(),
        request.on(),
        request.receipt(),
        request.documentHash(),
        Records.hand(caller));
    return FilingView.of(filing.state());
  }
}
