package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.assessment.Assessment;
import cn.mingmian.platform.assessment.AssessmentDraft;
import cn.mingmian.platform.assessment.AssessmentId;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Impact assessments: written by one hand, approved by another, left behind by every change.
@RestController
@Tag(name = "Assessments 影响评估")
class AssessmentsController {

  private final Assessments assessments;

  AssessmentsController(Platform platform) {
    this.assessments = platform.assessments();
  }

  record Assessed(List<Assessment> items) {}

  record Incident(Optional<PurposeId> purpose, String what) {}

  @Operation(
      summary = "The assessments of a purpose in a zone",
      description = "Newest first; `changedSince` tells what the configuration has left behind.")
  @GetMapping("/v1/assessments")
  @Needs(Scope.READ)
  @ForPurpose
  Assessed listAssessments(
      @RequestParam PurposeId purpose, @RequestParam SiteZoneId zone, Caller caller) {
    caller.mayUse(purpose.value());
    return new Assessed(assessments.history(purpose, zone));
  }

  @Operation(summary = "Write an assessment")
  @PostMapping("/v1/assessments")
  @Needs(Scope.SET_UP)
  @ForPurpose
  ResponseEntity<Assessment> writeAssessment(@RequestBody AssessmentDraft request, Caller caller) {
    caller.mayUse(request.purpose().value());
    AssessmentId id = assessments.write(request, Records.hand(caller));
    return Records.created("/v1/assessments/" + id, get(id, caller));
  }

  @Operation(summary = "Read an assessment")
  @GetMapping("/v1/assessments/{id}")
  @Needs(Scope.READ)
  @ForPurpose
  Assessment showAssessment(@PathVariable AssessmentId id, Caller caller) {
    return get(id, caller);
  }

  @Operation(summary = "Approve an assessment", description = "By another hand than its author's.")
  @PostMapping("/v1/assessments/{id}/approve")
  @Needs(Scope.APPROVE)
  @ForPurpose
  Assessment approveAssessment(@PathVariable AssessmentId id, Caller caller) {
    get(id, caller);
    assessments.approve(id, Records.hand(caller));
    return get(id, caller);
  }

  @Operation(
      summary = "Record a major incident",
      description = "Every assessment that it touches has to be done again.")
  @PostMapping("/v1/incidents")
  @Needs(Scope.SET_UP)
  Incident recordIncident(@RequestBody Incident request, Caller caller) {
    assessments.recordIncident(request.purpose(), request.what(), Records.hand(caller));
    return request;
  }

  private Assessment get(AssessmentId id, Caller caller) {
    Assessment found = Records.found(assessments.find(id), "assessment", id);
    caller.mayUse(found.draft().purpose().value());
    return found;
  }
}
