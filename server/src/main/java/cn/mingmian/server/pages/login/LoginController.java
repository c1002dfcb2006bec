package cn.mingmian.server.pages.login;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.defence.Signal;
import cn.mingmian.platform.documents.QrCode;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.staff.Logins;
import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.access.StaffCookie;
import cn.mingmian.server.pages.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Staff log in: password and second factor in one step, so that neither alone says whether it was
/// right.
@Controller
class LoginController {

  private static final String HOME = "/console";

  private final Logins logins;
  private final Defence defence;
  private final Clock clock;

  LoginController(Platform platform, Clock clock) {
    this.logins = platform.logins();
    this.defence = platform.defence();
    this.clock = clock;
  }

  @GetMapping("/login")
  @Open
  String form(@RequestParam Optional<String> then, HttpServletRequest request, Model model) {
    return Caller.staff(request).isPresent() ? "redirect:" + own(then) : form(then, false, model);
  }

  @PostMapping("/login")
  @Open
  String login(
      @RequestParam String name,
      @RequestParam String password,
      @RequestParam Optional<String> code,
      @RequestParam Optional<String> then,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    // A session that was there before does not survive: a login always makes its own.
    Caller.staff(request).ifPresent(logins::end);
    // Who tried many passwords is told that this one is wrong, too, whatever it was.
    String sender = request.getRemoteAddr();
    Optional<Logins.Begun> begun =
        defence.turnsAway(sender)
            ? Optional.empty()
            : logins.login(name, password.toCharArray(), code.orElse(""));
    if (begun.isEmpty()) {
      defence.see(new Signal.CredentialRefused(sender, name));
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return form(then, true, model);
    }
    StaffCookie.give(response, begun.get().token());
    return "redirect:" + own(then);
  }

  @GetMapping("/login/again")
  @Needs(Scope.CONSOLE)
  String again(@RequestParam Optional<String> then, Model model) {
    model.addAttribute("again", true);
    return form(then, false, model);
  }

  @PostMapping("/login/again")
  @Needs(Scope.CONSOLE)
  String again(
      @RequestParam String password,
      @RequestParam Optional<String> code,
      @RequestParam Optional<String> then,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Session session = Caller.staff(request).orElseThrow();
    if (logins.prove(session, password.toCharArray(), code.orElse(""))) {
      return "redirect:" + own(then);
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    model.addAttribute("again", true);
    return form(then, true, model);
  }

  @PostMapping("/logout")
  @Needs(Scope.CONSOLE)
  String logout(HttpServletRequest request, HttpServletResponse response) {
    Caller.staff(request).ifPresent(logins::end);
    StaffCookie.take(response);
    // What the browser kept of our pages goes with the login.
    response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
    return "redirect:/login";
  }

  // ---- the first time

  @GetMapping("/login/first")
  @Open
  String first() {
    return "first";
  }

  @PostMapping("/login/first")
  @Open
  String first(
      @RequestParam String code,
      @RequestParam String password,
      HttpServletResponse response,
      Model model) {
    model.addAttribute("code", code);
    try {
      Logins.Setup setup = logins.begin(code, password.toCharArray());
      model.addAttribute("setup", setup);
      model.addAttribute("qr", QrCode.of(setup.address()).svg());
    } catch (RejectedRecordException rejected) {
      fault(rejected, response, model);
    }
    return "first";
  }

  @PostMapping("/login/first/factor")
  @Open
  String factor(
      @RequestParam String code,
      @RequestParam String digits,
      HttpServletResponse response,
      Model model) {
    try {
      Logins.Completed completed = logins.complete(code, digits.strip());
      StaffCookie.give(response, completed.begun().token());
      model.addAttribute("codes", completed.recoveryCodes());
      model.addAttribute("viewer", Viewer.of(completed.begun().session(), clock));
    } catch (RejectedRecordException rejected) {
      model.addAttribute("code", code);
      fault(rejected, response, model);
    }
    return "first";
  }

  private static void fault(
      RejectedRecordException rejected, HttpServletResponse response, Model model) {
    response.setStatus(422);
    model.addAttribute("fault", rejected.getMessage());
  }

  private static String form(Optional<String> then, boolean wrong, Model model) {
    model.addAttribute("then", own(then));
    model.addAttribute("wrong", wrong);
    if (!model.containsAttribute("again")) {
      model.addAttribute("again", false);
    }
    return "login";
  }

  /// An address of our own, whatever somebody put into the link.
  private static String own(Optional<String> then) {
    return then.filter(path -> path.matches("/[a-z][A-Za-z0-9/_-]{0,200}")).orElse(HOME);
  }
}
