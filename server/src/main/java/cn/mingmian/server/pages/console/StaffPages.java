package cn.mingmian.server.pages.console;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RecordException;
import cn.mingmian.platform.staff.Account;
import cn.mingmian.platform.staff.Grant;
import cn.mingmian.platform.staff.Role;
import cn.mingmian.platform.staff.Staff;
import cn.mingmian.platform.staff.StaffId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who works here: invite, approve, end. Each act is one of the API's.
@Controller
class StaffPages {

  private final Staff staff;

  StaffPages(Platform platform) {
    this.staff = platform.staff();
  }

  /// One account as a line of the list.
  record Line(String id, String name, List<Role> roles, String until, String state) {
    static Line of(Account account) {
      String state =
          account.endedAt().isPresent() ? "ended" : account.ready() ? "ready" : "invited";
      return new Line(
          account.id().value(),
          account.name(),
          account.roles().stream().sorted().toList(),
          day(account.until()),
          state);
    }
  }

  /// One grant that waits.
  record Waiting(String id, String name, List<Role> roles, String until) {
    static Waiting of(Grant grant) {
      return new Waiting(
          grant.id(), grant.name(), grant.roles().stream().sorted().toList(), day(grant.until()));
    }
  }

  @GetMapping("/console/staff")
  @Needs({Scope.STAFF, Scope.GRANTS})
  String list(Model model, Caller caller) {
    model.addAttribute("accounts", staff.all().stream().map(Line::of).toList());
    model.addAttribute("waiting", staff.waiting().stream().map(Waiting::of).toList());
    model.addAttribute("roles", Role.values());
    model.addAttribute("mayWrite", caller.allows(Scope.STAFF));
    model.addAttribute("mayApprove", caller.allows(Scope.GRANTS));
    return "staff";
  }

  @PostMapping("/console/staff")
  @Needs(Scope.STAFF)
  String invite(
      @RequestParam String name,
      @RequestParam Optional<Set<Role>> role,
      @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) Optional<LocalDate> until,
      Caller caller,
      HttpServletResponse response,
      Model model) {
    Optional<Instant> end =
        until.map(day -> day.plusDays(1).atStartOfDay(Books.SHANGHAI).toInstant());
    return show(
        () -> {
          Staff.Invited invited = staff.invite(name, role.orElse(Set.of()), end, hand(caller));
          return Optional.of(new Half(invited.grant().name(), invited.half()));
        },
        caller,
        response,
        model);
  }

  @PostMapping("/console/staff/approve")
  @Needs(Scope.GRANTS)
  String approve(
      @RequestParam String grant, Caller caller, HttpServletResponse response, Model model) {
    return show(
        () -> {
          Staff.Approved approved = staff.approve(grant, hand(caller));
          return approved.half().map(half -> new Half(approved.grant().name(), half));
        },
        caller,
        response,
        model);
  }

  @PostMapping("/console/staff/renew")
  @Needs(Scope.STAFF)
  String renew(
      @RequestParam("staff") String id, Caller caller, HttpServletResponse response, Model model) {
    return show(
        () -> {
          Staff.Invited invited = staff.renew(new StaffId(id), hand(caller));
          return Optional.of(new Half(invited.grant().name(), invited.half()));
        },
        caller,
        response,
        model);
  }

  @PostMapping("/console/staff/end")
  @Needs({Scope.STAFF, Scope.GRANTS})
  String end(
      @RequestParam("staff") String id, Caller caller, HttpServletResponse response, Model model) {
    return show(
        () -> {
          staff.end(new StaffId(id), hand(caller));
          return Optional.empty();
        },
        caller,
        response,
        model);
  }

  /// Half of a one-time code, and whose.
  private record Half(String name, String half) {}

  /// Does one act and shows the list with what came of it.
  private String show(
      Supplier<Optional<Half>> act, Caller caller, HttpServletResponse response, Model model) {
    try {
      act.get()
          .ifPresent(
              made -> {
                model.addAttribute("half", made.half());
                model.addAttribute("halfFor", made.name());
              });
    } catch (RecordException refused) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      model.addAttribute("fault", refused.getMessage());
    }
    return list(model, caller);
  }

  private static Actor hand(Caller caller) {
    return new Actor(caller.holder());
  }

  private static String day(Optional<Instant> until) {
    return until
        .map(end -> end.atZone(Books.SHANGHAI).minusNanos(1).toLocalDate().toString())
        .orElse("");
  }
}
