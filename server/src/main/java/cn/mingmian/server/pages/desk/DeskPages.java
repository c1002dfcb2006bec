package cn.mingmian.server.pages.desk;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.RecordedEntry;
import cn.mingmian.platform.complaints.Complaint;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.requests.Request;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Requests, reviews and complaints that wait for somebody; codes for whoever stands at the desk.
@Controller
class DeskPages {
  private final Platform platform;

  DeskPages(Platform platform) {
    this.platform = platform;
  }

  @GetMapping("/console/desk")
  @Needs({Scope.PEOPLE, Scope.REVIEW})
  String desk(Model model) {
    LocalDate today = platform.books().today();
    model.addAttribute("today", today);
    model.addAttribute("requests", platform.requests().waiting());
    model.addAttribute("figures", platform.requests().figures());
    model.addAttribute("complaints", platform.complaints().waiting());
    return "desk/desk";
  }

  /// A code for the portal, for somebody who stands at the desk: known by a reference, or new.
  @PostMapping("/console/desk/codes")
  @Needs(Scope.PEOPLE)
  String code(
      @RequestParam Optional<String> reference,
      @RequestParam Optional<String> birthDate,
      Caller caller,
      Model model) {
    Optional<String> named = reference.map(String::strip).filter(r -> !r.isEmpty());
    PersonId person =
        named
            .flatMap(platform.people()::byReference)
            .map(Person::id)
            .orElseGet(
                () ->
                    platform
                        .people()
                        .register(
                            named,
                            birthDate.filter(d -> !d.isBlank()).map(LocalDate::parse),
                            hand(caller))
                        .id());
    model.addAttribute(
        "code", platform.codes().issue(Optional.of(person), Codes.Use.PORTAL, hand(caller)));
    return desk(model);
  }

  /// One thing that happened to the person, for the reviewer to compare with what they say.
  record EntryView(String at, String kind) {}

  /// Looking at it starts the clock; nothing is decided by that, and nothing suggested.
  @GetMapping("/console/desk/requests/{id}")
  @Needs({Scope.PEOPLE, Scope.REVIEW})
  String look(@PathVariable String id, Caller caller, Model model) {
    Request request = platform.requests().open(id, hand(caller));
    model.addAttribute("request", request);
    List<EntryView> entries =
        platform.trail().about(request.person().value(), 30).stream().map(DeskPages::view).toList();
    model.addAttribute("entries", entries);
    return "desk/request";
  }

  private static EntryView view(RecordedEntry entry) {
    return new EntryView(entry.at().toString(), entry.kind());
  }

  @PostMapping("/console/desk/requests/{id}")
  @Needs({Scope.PEOPLE, Scope.REVIEW})
  String answer(
      @PathVariable String id,
      @RequestParam String outcome,
      @RequestParam String zh,
      @RequestParam String en,
      Caller caller) {
    Request request = platform.requests().require(id);
    // law| PIPL/24: who decides about a machine's answer has that task, and no other hand does.
    caller.needs(request.kind() == Request.Kind.OBJECT ? Scope.REVIEW : Scope.PEOPLE);
    platform
        .requests()
        .answer(id, outcome.equals("granted"), new Bilingual(zh.strip(), en.strip()), hand(caller));
    return "redirect:/console/desk";
  }

  @PostMapping("/console/desk/complaints/{number}")
  @Needs(Scope.PEOPLE)
  String advance(
      @PathVariable String number,
      @RequestParam Complaint.State to,
      @RequestParam Optional<String> result,
      Caller caller) {
    platform.complaints().advance(number, to, result.filter(r -> !r.isBlank()), hand(caller));
    return "redirect:/console/desk";
  }

  private static Actor hand(Caller caller) {
    return new Actor(caller.holder());
  }
}
