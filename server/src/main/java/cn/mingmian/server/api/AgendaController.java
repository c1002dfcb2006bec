package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.agenda.Agenda;
import cn.mingmian.platform.agenda.Point;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Permits.Refused;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What is to be done by its date, what stands before a device, and which articles refused.
@RestController
@Tag(name = "Tasks 待办")
class AgendaController {

  private final Agenda agenda;
  private final Places places;
  private final Permits permits;

  AgendaController(Platform platform) {
    this.agenda = platform.agenda();
    this.places = platform.places();
    this.permits = platform.permits();
  }

  record OpenPoints(List<Point> items) {}

  record RefusedDays(List<Refused> items) {}

  @Operation(
      summary = "What is to be done today",
      description =
          "From all records: duties, filing, open points of devices, assessments that the"
              + " configuration has left, device tests, signs, approvals. The most urgent first.")
  @GetMapping("/v1/agenda")
  @Needs(Scope.READ)
  Agenda.Today showAgenda() {
    return agenda.today();
  }

  @Operation(
      summary = "What stands before a device",
      description =
          "Every rule that would refuse to switch it on, or to leave it on, with its article and"
              + " its cure. Asking leaves no decision and mints nothing.")
  @GetMapping("/v1/checkpoints/{id}/open-points")
  @Needs(Scope.READ)
  @ForPurpose
  OpenPoints listOpenPoints(@PathVariable CheckpointId id, Caller caller) {
    Checkpoint checkpoint = Records.found(places.checkpoint(id), "checkpoint", id);
    caller.mayUse(checkpoint.purpose().value());
    return new OpenPoints(agenda.openPoints(checkpoint));
  }

  @Operation(
      summary = "Which articles refused how often",
      description = "By Shanghai day and rule; about nobody.")
  @GetMapping("/v1/refusals")
  @Needs(Scope.READ)
  RefusedDays listRefusals(@RequestParam LocalDate from) {
    return new RefusedDays(permits.refused(from));
  }
}
