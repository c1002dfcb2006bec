package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.complaints.Complaint;
import cn.mingmian.platform.complaints.Complaints;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.requests.Request;
import cn.mingmian.platform.requests.Requests;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
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

/// What people ask for and complain of, until it is answered.
@RestController
@Tag(name = "Requests 请求与投诉")
class RequestsController {

  private final Requests requests;
  private final Complaints complaints;

  RequestsController(Platform platform) {
    this.requests = platform.requests();
    this.complaints = platform.complaints();
  }

  record NewRequest(PersonId person, Request.Kind kind, String text) {}

  record RequestList(List<Request> items) {}

  /// @param granted  for an objection: the machine was wrong
  /// @param reason  what was done, or why not
  record NewAnswer(boolean granted, Bilingual reason) {}

  /// @param contact  empty to stay unknown
  record NewComplaint(Complaint.Matter about, String text, Optional<String> contact) {}

  /// @param result  needed for `HANDLED`
  record NextState(Complaint.State state, Optional<String> result) {}

  record ComplaintList(List<Complaint> items) {}

  @Operation(
      summary = "Receive a request",
      description = "To see, correct, delete, restrict, refuse, be told why, or object; 30 days.")
  @PostMapping("/v1/requests")
  @Needs(Scope.PEOPLE)
  ResponseEntity<Request> receiveRequest(@RequestBody NewRequest request) {
    Request received = requests.receive(request.person(), request.kind(), request.text());
    return Records.created("/v1/requests/" + received.id(), received);
  }

  @Operation(summary = "Requests that wait for an answer", description = "The most urgent first.")
  @GetMapping("/v1/requests")
  @Needs({Scope.READ, Scope.PEOPLE})
  RequestList listRequests() {
    return new RequestList(requests.waiting());
  }

  @Operation(summary = "How requests are dealt with", description = "Counts, overdue, review.")
  @GetMapping("/v1/requests/figures")
  @Needs({Scope.READ, Scope.PEOPLE})
  Requests.Figures showRequestFigures() {
    return requests.figures();
  }

  @Operation(
      summary = "Look at a request",
      description = "Starts the clock of whoever decides; nothing is decided by it.")
  @PostMapping("/v1/requests/{id}/open")
  @Needs({Scope.PEOPLE, Scope.REVIEW})
  Request openRequest(@PathVariable String id, Caller caller) {
    return requests.open(id, Records.hand(caller));
  }

  @Operation(
      summary = "Answer a request",
      description = "Once, by a person who looked at it, with the reason in writing.")
  @PostMapping("/v1/requests/{id}/answer")
  @Needs({Scope.PEOPLE, Scope.REVIEW})
  Request answerRequest(@PathVariable String id, @RequestBody NewAnswer request, Caller caller) {
    caller.needs(requests.require(id).kind() == Request.Kind.OBJECT ? Scope.REVIEW : Scope.PEOPLE);
    return requests.answer(id, request.granted(), request.reason(), Records.hand(caller));
  }

  @Operation(summary = "Complain", description = "Anybody, without a key and without a name.")
  @PostMapping("/v1/complaints")
  @Open
  ResponseEntity<Complaint> lodgeComplaint(@RequestBody NewComplaint request) {
    Complaint lodged = complaints.lodge(request.about(), request.text(), request.contact());
    return Records.created("/v1/complaints/" + lodged.number(), lodged);
  }

  @Operation(summary = "How a complaint stands", description = "For whoever knows its number.")
  @GetMapping("/v1/complaints/{number}")
  @Open
  Complaint showComplaint(@PathVariable String number) {
    return Records.found(complaints.find(number), "complaint", "as given");
  }

  @Operation(summary = "Complaints whose result is not told yet")
  @GetMapping("/v1/complaints")
  @Needs({Scope.READ, Scope.PEOPLE})
  ComplaintList listComplaints() {
    return new ComplaintList(complaints.waiting());
  }

  @Operation(
      summary = "Take a complaint a state further",
      description =
          "`RECEIVED`, `ACCEPTED`, `HANDLED` with a result, `RESULT_TOLD`; none left out.")
  @PostMapping("/v1/complaints/{number}/state")
  @Needs(Scope.PEOPLE)
  Complaint advanceComplaint(
      @PathVariable String number, @RequestBody NextState request, Caller caller) {
    return complaints.advance(number, request.state(), request.result(), Records.hand(caller));
  }
}
