package cn.mingmian.server.pages.people;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.complaints.Authority;
import cn.mingmian.platform.complaints.Complaint;
import cn.mingmian.platform.complaints.Complaints;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.platform.requests.Request;
import cn.mingmian.platform.requests.Requests;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Asking for something, by a person; complaining, by anybody, without a login and without a name.
@Controller
class RequestPages {
  private final Requests requests;
  private final Complaints complaints;
  private final PersonCookie cookie;

  RequestPages(Platform platform, PersonCookie cookie) {
    this.requests = platform.requests();
    this.complaints = platform.complaints();
    this.cookie = cookie;
  }

  @PostMapping("/me/requests")
  @Open
  String ask(
      @RequestParam Request.Kind kind, @RequestParam String text, HttpServletRequest request) {
    requests.receive(
        cookie
            .shown(request)
            .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED, "sign in first")),
        kind,
        text);
    return "redirect:/me?said=asked";
  }

  @GetMapping("/complaints")
  @Open
  String complain(Model model) {
    model.addAttribute("matters", Complaint.Matter.values());
    return "people/complain";
  }

  @PostMapping("/complaints")
  @Open
  String complained(
      @RequestParam Complaint.Matter about,
      @RequestParam String text,
      @RequestParam Optional<String> contact) {
    return "redirect:/complaints/" + complaints.lodge(about, text, contact).number();
  }

  /// @param name of the authority, in the reader's language
  record AuthorityView(String name, String contact) {}

  @GetMapping("/complaints/{number}")
  @Open
  String follow(@PathVariable String number, Model model, Locale locale) {
    Complaint complaint =
        complaints
            .find(number)
            .orElseThrow(() -> new UnknownRecordException("complaint", "as given"));
    model.addAttribute("complaint", complaint);
    model.addAttribute("receivedAt", Shown.time(complaint.receivedAt()));
    model.addAttribute("changedAt", Shown.time(complaint.changedAt()));
    model.addAttribute("states", Complaint.State.values());
    List<AuthorityView> authorities =
        Authority.of(complaint.about()).stream()
            .map(a -> new AuthorityView(Shown.text(a.name(), locale), a.contact()))
            .toList();
    model.addAttribute("authorities", authorities);
    return "people/complaint";
  }
}
