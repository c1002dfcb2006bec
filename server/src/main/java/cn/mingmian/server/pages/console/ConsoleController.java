package cn.mingmian.server.pages.console;

import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.permit.Tasks;
import cn.mingmian.platform.staff.Logins;
import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/// The first page after the login: who I am, as what, and what is due.
@Controller
class ConsoleController {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

  private final Platform platform;

  ConsoleController(Platform platform) {
    this.platform = platform;
  }

  /// One open duty, in the reader's language.
  record Due(String what, String rule, @Nullable String due) {}

  @GetMapping("/console")
  @Needs(Scope.CONSOLE)
  String console(HttpServletRequest request, Model model, Locale locale) {
    Session session = Caller.staff(request).orElseThrow();
    model.addAttribute(
        "until", session.begunAt().plus(Logins.LONGEST).atZone(Books.SHANGHAI).format(MINUTE));
    model.addAttribute(
        "tasks",
        new Caller.OfStaff(session).allows(Scope.READ)
            ? platform.tasks().open().stream().map(task -> due(task, locale)).toList()
            : List.of());
    return "console";
  }

  @PostMapping("/console/recovery-codes")
  @Needs(Scope.CONSOLE)
  String recoveryCodes(HttpServletRequest request, Model model, Locale locale) {
    Session session = Caller.staff(request).orElseThrow();
    model.addAttribute("codes", platform.logins().renewRecoveryCodes(session));
    return console(request, model, locale);
  }

  private static Due due(Tasks.Task task, Locale locale) {
    var words = DutyKind.valueOf(task.kind()).words();
    return new Due(
        locale.getLanguage().equals("en") ? words.en() : words.zh(),
        task.rule(),
        task.due().orElse(null));
  }
}
