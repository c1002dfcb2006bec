package cn.mingmian.server.pages.console;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.agenda.Agenda;
import cn.mingmian.platform.agenda.Point;
import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.filing.FilingState;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.staff.Logins;
import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/// The first page after the login: what the law wants today of whoever looks, why, and how far it
/// is done.
@Controller
class ConsoleController {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

  private final Platform platform;
  private final Articles articles = new Articles();

  ConsoleController(Platform platform) {
    this.platform = platform;
  }

  /// One thing to be done, in the reader's language.
  ///
  /// @param kind  names its message, and its colour
  /// @param where  the page on which it is done; null where there is none yet
  /// @param days  from today to the last day, negative when it has passed; null without a date
  record Due(
      String kind,
      String what,
      String why,
      List<String> articles,
      @Nullable String due,
      @Nullable Long days,
      boolean stops,
      @Nullable String where) {}

  /// How near the filing is.
  ///
  /// @param percent  of the threshold, 100 at most
  record Gauge(
      String stored,
      String threshold,
      int percent,
      @Nullable String forecast,
      @Nullable String due,
      String status) {}

  /// How the machine stands.
  record Health(
      long devices,
      long on,
      long suspended,
      long protections,
      int families,
      boolean log,
      String logDetail,
      long entries) {}

  @GetMapping("/console")
  @Needs(Scope.CONSOLE)
  String console(HttpServletRequest request, Model model, Caller caller, Locale locale) {
    Session session = Caller.staff(request).orElseThrow();
    model.addAttribute(
        "until", session.begunAt().plus(Logins.LONGEST).atZone(Books.SHANGHAI).format(MINUTE));
    model.addAttribute("sees", Theirs.any(caller));
    if (Theirs.any(caller)) {
      Agenda.Today today = platform.agenda().today();
      model.addAttribute("day", today.day());
      model.addAttribute("points", dues(today, caller, locale));
      model.addAttribute("left", today.left());
      model.addAttribute("health", health());
    }
    if (caller.allows(Scope.READ)) {
      model.addAttribute("empty", platform.places().checkpoints().isEmpty());
      model.addAttribute("gauge", gauge());
      model.addAttribute("refused", Refusals.of(platform, articles, locale));
    }
    return "console";
  }

  @GetMapping("/console/agenda.csv")
  @Needs({Scope.READ, Scope.OPERATE})
  ResponseEntity<String> table(Caller caller, Locale locale) {
    Csv csv = new Csv("due", "kind", "what", "why", "articles", "stops");
    for (Due due : dues(platform.agenda().today(), caller, locale)) {
      csv.row(
          due.due() == null ? "" : due.due(),
          due.kind(),
          due.what(),
          due.why(),
          String.join(" ", due.articles()),
          due.stops() ? "1" : "0");
    }
    return csv.file("agenda");
  }

  @PostMapping("/console/recovery-codes")
  @Needs(Scope.CONSOLE)
  String recoveryCodes(HttpServletRequest request, Model model, Caller caller, Locale locale) {
    Session session = Caller.staff(request).orElseThrow();
    model.addAttribute("codes", platform.logins().renewRecoveryCodes(session));
    return console(request, model, caller, locale);
  }

  private List<Due> dues(Agenda.Today today, Caller caller, Locale locale) {
    return today.points().stream()
        .filter(point -> Theirs.is(point, caller))
        .map(point -> due(point, today.day(), locale))
        .toList();
  }

  private Due due(Point point, LocalDate today, Locale locale) {
    return new Due(
        point.kind().name(),
        Articles.in(locale, point.what()),
        Articles.in(locale, point.why()),
        point.rules().stream().map(rule -> articles.citation(rule, locale)).toList(),
        point.due().map(LocalDate::toString).orElse(null),
        point.due().map(day -> day.toEpochDay() - today.toEpochDay()).orElse(null),
        point.stops(),
        where(point));
  }

  /// The page on which a point is worked off.
  private static @Nullable String where(Point point) {
    if (point.kind() == Point.Kind.OPEN_POINT) return "/console/gates/" + point.subject();
    if (point.subject().startsWith("set_")) return "/console/setup/drafts/" + point.subject();
    if (point.kind() == Point.Kind.FILING) return "/console/filing";
    return null;
  }

  private Gauge gauge() {
    FilingState state = platform.filing().state();
    long percent = Math.min(100, state.storedPersons() * 100 / Filing.THRESHOLD);
    return new Gauge(
        "%,d".formatted(state.storedPersons()),
        "%,d".formatted(Filing.THRESHOLD),
        (int) percent,
        platform.filing().forecast().map(LocalDate::toString).orElse(null),
        state.due().map(due -> due.lastDay().toString()).orElse(null),
        state.status().name());
  }

  private Health health() {
    List<FaceDevice> devices =
        platform.places().devices().stream()
            .filter(d -> d.state() != FaceDevice.State.REMOVED)
            .toList();
    List<ControlState> families = platform.controls().states();
    AuditStatus trail = platform.trail().status();
    return new Health(
        devices.size(),
        devices.stream().filter(d -> d.state() == FaceDevice.State.SWITCHED_ON).count(),
        devices.stream().filter(d -> d.state() == FaceDevice.State.SUSPENDED).count(),
        families.stream().filter(ControlState::working).count(),
        families.size(),
        trail.working(),
        trail.detail(),
        trail.published());
  }
}
