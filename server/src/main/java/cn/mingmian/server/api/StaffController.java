package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.staff.Account;
import cn.mingmian.platform.staff.Grant;
import cn.mingmian.platform.staff.Logins;
import cn.mingmian.platform.staff.Role;
import cn.mingmian.platform.staff.Staff;
import cn.mingmian.platform.staff.StaffId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who works for the operator. One hand writes roles, another approves them; no key can do either.
@RestController
@Tag(name = "Staff 工作人员")
class StaffController {

  private final Staff staff;
  private final Logins logins;
  private final Cursors cursors;

  StaffController(Platform platform, Cursors cursors) {
    this.staff = platform.staff();
    this.logins = platform.logins();
    this.cursors = cursors;
  }

  /// @param until  when the roles end by themselves; an inspector's must, within 30 days
  record NewStaff(String name, Set<Role> roles, Optional<Instant> until) {}

  record NewRoles(Set<Role> roles, Optional<Instant> until) {}

  record Grants(List<Grant> items) {}

  /// @param half  one half of the one-time code: shown once, handed over in person
  record Invitation(Grant grant, Optional<String> half) {}

  record SessionsEnded(int ended) {}

  @Operation(
      summary = "List staff",
      description = "Accounts with their approved roles, ended ones included; never a credential.")
  @GetMapping("/v1/staff")
  @Needs({Scope.STAFF, Scope.GRANTS, Scope.AUDIT})
  Cursors.Page<Account> listStaff(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.page("staff", staff.all(), account -> account.id().value(), limit, cursor);
  }

  @Operation(
      summary = "Invite somebody",
      description =
          "The answer holds one half of the one-time code. Another hand approves and gets the other:"
              + " neither of the two can be the colleague whom they made up.")
  @PostMapping("/v1/staff")
  @Needs(Scope.STAFF)
  ResponseEntity<Invitation> inviteStaff(@RequestBody NewStaff request, Caller caller) {
    Staff.Invited invited =
        staff.invite(request.name(), request.roles(), request.until(), Records.hand(caller));
    return Records.created(
        "/v1/staff/" + invited.grant().staff(),
        new Invitation(invited.grant(), Optional.of(invited.half())));
  }

  @Operation(
      summary = "Write other roles for somebody",
      description = "The present ones stay until another hand has approved these. Never one's own.")
  @PutMapping("/v1/staff/{id}/roles")
  @Needs(Scope.STAFF)
  Grant changeRoles(@PathVariable StaffId id, @RequestBody NewRoles request, Caller caller) {
    return staff.change(id, request.roles(), request.until(), Records.hand(caller));
  }

  @Operation(
      summary = "Invite somebody anew who lost password or second factor",
      description =
          "Takes the same two hands. From the approval on the old password opens nothing.")
  @PostMapping("/v1/staff/{id}/renew")
  @Needs(Scope.STAFF)
  Invitation renewStaff(@PathVariable StaffId id, Caller caller) {
    Staff.Invited invited = staff.renew(id, Records.hand(caller));
    return new Invitation(invited.grant(), Optional.of(invited.half()));
  }

  @Operation(
      summary = "End an account",
      description = "At once, with its sessions, for good. Two hands to give, one to take.")
  @DeleteMapping("/v1/staff/{id}")
  @Needs({Scope.STAFF, Scope.GRANTS})
  Account endStaff(@PathVariable StaffId id, Caller caller) {
    staff.end(id, Records.hand(caller));
    return staff.require(id);
  }

  @Operation(summary = "End all sessions of somebody", description = "When one may be stolen.")
  @DeleteMapping("/v1/staff/{id}/sessions")
  @Needs({Scope.STAFF, Scope.GRANTS})
  SessionsEnded endSessions(@PathVariable StaffId id) {
    return new SessionsEnded(logins.endAll(staff.require(id).id()));
  }

  @Operation(summary = "List roles that wait for approval", description = "Oldest first.")
  @GetMapping("/v1/grants")
  @Needs({Scope.STAFF, Scope.GRANTS})
  Grants listGrants() {
    return new Grants(staff.waiting());
  }

  @Operation(
      summary = "Approve roles",
      description =
          "By another hand than their author's, and not by who gets them. Where they invite, the"
              + " answer holds the other half of the one-time code.")
  @PostMapping("/v1/grants/{id}/approve")
  @Needs(Scope.GRANTS)
  Invitation approveGrant(@PathVariable String id, Caller caller) {
    Staff.Approved approved = staff.approve(id, Records.hand(caller));
    return new Invitation(approved.grant(), approved.half());
  }
}
