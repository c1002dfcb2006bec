package cn.mingmian.server.pages.kiosk;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.documents.Press;
import cn.mingmian.platform.enrol.Advice;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.passes.PassReader;
import cn.mingmian.platform.passes.Passes;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.permit.Opened;
import cn.mingmian.platform.permit.Sessions;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.OtherWays;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayIn;
import cn.mingmian.platform.places.WayNames;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Recognition;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.rights.Rights;
import cn.mingmian.server.access.ApiKey;
import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.pages.people.CaptureOutline;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// The terminal at a checkpoint. It is opened with an API key that may report ways and use the
/// face; the browser keeps that key in a cookie of the terminal, and nothing of anybody else.
@Controller
class KioskPages {
  private static final String COOKIE = "__Host-kiosk";
  private static final String VISIT = "kiosk-visit";
  private static final Set<Alternative> TYPED =
      Set.of(Alternative.PIN, Alternative.ONE_TIME_CODE, Alternative.QR_CODE);

  private final Places places;
  private final Purposes purposes;
  private final People people;
  private final Sessions sessions;
  private final Recognition recognition;
  private final Passes passes;
  private final Codes codes;
  private final Rights rights;
  private final Press press;
  private final ApiKeys keys;
  private final Cursors seals;
  private final Clock clock;

  KioskPages(Platform platform, ApiKeys keys, Cursors seals, Clock clock) {
    this.places = platform.places();
    this.purposes = platform.purposes();
    this.people = platform.people();
    this.sessions = platform.sessions();
    this.recognition = platform.recognition();
    this.passes = platform.passes();
    this.codes = platform.codes();
    this.rights = platform.rights();
    this.press = platform.press();
    this.keys = keys;
    this.seals = seals;
    this.clock = clock;
  }

  // ---- the terminal itself

  @PostMapping("/kiosk/{id}/key")
  @Open
  String unlock(
      @PathVariable CheckpointId id,
      @RequestParam String key,
      HttpServletResponse response,
      Model model) {
    Checkpoint point = point(id);
    if (keys.find(key.strip()).filter(found -> opens(found, point)).isEmpty()) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      model.addAttribute("point", point);
      model.addAttribute("wrong", true);
      return "kiosk/key";
    }
    Cookie cookie = new Cookie(COOKIE, key.strip());
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(true);
    cookie.setAttribute("SameSite", "Strict");
    cookie.setMaxAge(90 * 24 * 3600);
    response.addCookie(cookie);
    return "redirect:/kiosk/" + id;
  }

  private static boolean opens(ApiKey key, Checkpoint point) {
    return key.scopes().contains(Scope.WAYS)
        && (key.scopes().contains(Scope.IDENTIFY) || key.scopes().contains(Scope.VERIFY))
        && key.purpose().map(point.purpose().value()::equals).orElse(true);
  }

  /// The hand of this terminal.
  private String terminal(HttpServletRequest request, Checkpoint point) {
    return unlocked(request, point)
        .map(ApiKey::holder)
        .orElseThrow(
            () -> new ProblemException(ProblemCode.UNAUTHENTICATED, "this terminal has no key"));
  }

  private Optional<ApiKey> unlocked(HttpServletRequest request, Checkpoint point) {
    if (request.getCookies() == null) return Optional.empty();
    return Arrays.stream(request.getCookies())
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .findFirst()
        .flatMap(cookie -> keys.find(cookie.getValue()))
        .filter(key -> opens(key, point));
  }

  // ---- choosing

  /// @param typed whether it is done on this page; else at its own reader or desk
  record WayView(WayId id, Alternative kind, String name, boolean typed) {}

  /// law| MEASURES-2025/10.2, GBT-41819/a: every way that works, in one fixed order, the face last,
  /// none chosen.
  @GetMapping("/kiosk/{id}")
  @Open
  String choose(
      @PathVariable CheckpointId id, HttpServletRequest request, Model model, Locale locale) {
    Checkpoint point = point(id);
    model.addAttribute("point", point);
    if (unlocked(request, point).isEmpty()) {
      model.addAttribute("wrong", false);
      return "kiosk/key";
    }
    OtherWays ways = places.otherWays(id);
    model.addAttribute("purpose", purpose(point, locale));
    model.addAttribute(
        "ways",
        ways.measures().stream()
            .filter(way -> way.working())
            .map(
                way ->
                    new WayView(
                        way.way(),
                        way.kind(),
                        text(WayNames.of(way.kind()), locale),
                        TYPED.contains(way.kind())))
            .toList());
    model.addAttribute("face", faceOffered(point, ways));
    model.addAttribute("byReference", !searches(point));
    model.addAttribute("visit", seals.seal(VISIT, Long.toString(clock.millis())));
    return "kiosk/choose";
  }

  private boolean faceOffered(Checkpoint point, OtherWays ways) {
    return ways.faceMayBeAsked()
        && purposes.inForce(point.purpose()).isPresent()
        && places
            .device(point.device())
            .filter(device -> device.state() == FaceDevice.State.SWITCHED_ON)
            .isPresent();
  }

  private boolean searches(Checkpoint point) {
    return purposes
        .inForce(point.purpose())
        .map(purpose -> purpose.terms().verbs().contains(Verb.IDENTIFY))
        .orElse(false);
  }

  // ---- without the face

  @GetMapping("/kiosk/{id}/ways/{way}")
  @Open
  String way(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      @RequestParam String visit,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    Checkpoint point = point(id);
    terminal(request, point);
    started(visit);
    show(model, point, way(id, way), visit, "", locale);
    return "kiosk/way";
  }

  @PostMapping("/kiosk/{id}/ways/{way}")
  @Open
  String typed(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      @RequestParam String visit,
      @RequestParam Optional<String> reference,
      @RequestParam Optional<String> typed,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    Checkpoint point = point(id);
    String terminal = terminal(request, point);
    Instant started = started(visit);
    WayIn used = way(id, way);
    String value = typed.orElse("").strip();
    boolean good =
        switch (used.kind()) {
          case PIN -> codes.pin(reference.orElse("").strip(), value).good();
          case ONE_TIME_CODE -> codes.use(value, Codes.Use.PASSAGE).good();
          case QR_CODE ->
              passes.read(value, places.zone(point.zone()).orElseThrow().site())
                  instanceof PassReader.Good;
          default -> false;
        };
    places.recordPassage(
        id,
        Optional.of(way),
        started,
        clock.instant(),
        good ? Places.Outcome.PASSED : Places.Outcome.FAILED,
        terminal);
    show(model, point, used, visit, good ? "passed" : "failed", locale);
    return "kiosk/way";
  }

  private static void show(
      Model model, Checkpoint point, WayIn way, String visit, String outcome, Locale locale) {
    model.addAttribute("point", point);
    model.addAttribute(
        "way",
        new WayView(
            way.id(),
            way.kind(),
            text(WayNames.of(way.kind()), locale),
            TYPED.contains(way.kind())));
    model.addAttribute("visit", visit);
    model.addAttribute("outcome", outcome);
  }

  // ---- with the face

  /// The active step: only this press opens a session, and only then does the camera start.
  @PostMapping("/kiosk/{id}/face")
  @Open
  String face(
      @PathVariable CheckpointId id,
      @RequestParam String visit,
      @RequestParam Optional<String> reference,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    Checkpoint point = point(id);
    terminal(request, point);
    started(visit);
    model.addAttribute("point", point);
    model.addAttribute("visit", visit);
    model.addAttribute("purpose", purpose(point, locale));
    if (!faceOffered(point, places.otherWays(id))) return "kiosk/no-face";
    return switch (sessions.open(Sessions.Opening.pressed(id))) {
      case Opened.Refused refused -> "kiosk/no-face";
      case Opened.Open open -> {
        model.addAttribute("opened", open.session().id());
        model.addAttribute("reference", reference.orElse("").strip());
        model.addAttribute("area", CaptureOutline.of(places, point).orElse(null));
        yield "kiosk/face";
      }
    };
  }

  /// What the terminal shows: no score, no name, no reason why somebody is unknown.
  ///
  /// @param outcome `passed`, `unknown`, `again` or `stopped`
  record Seen(String outcome, List<String> advice) {}

  @PostMapping(path = "/kiosk/{id}/face/{session}", consumes = MediaType.IMAGE_JPEG_VALUE)
  @ResponseBody
  @Open
  Seen look(
      @PathVariable CheckpointId id,
      @PathVariable String session,
      @RequestParam String visit,
      @RequestParam Optional<String> reference,
      @RequestBody byte[] photo,
      HttpServletRequest request,
      Locale locale) {
    try {
      Checkpoint point = point(id);
      String terminal = terminal(request, point);
      Instant started = started(visit);
      Seen seen =
          searches(point)
              ? identified(recognition.identify(session, id, photo), locale)
              : people
                  .byReference(reference.orElse("").strip())
                  .map(Person::id)
                  .map(person -> verified(recognition.verify(session, id, person, photo), locale))
                  .orElse(new Seen("unknown", List.of()));
      if (!seen.outcome.equals("again")) {
        places.recordPassage(
            id,
            Optional.empty(),
            started,
            clock.instant(),
            seen.outcome.equals("passed") ? Places.Outcome.PASSED : Places.Outcome.FAILED,
            terminal);
      }
      return seen;
    } finally {
      Arrays.fill(photo, (byte) 0);
    }
  }

  private static Seen identified(Identified result, Locale locale) {
    return switch (result) {
      case Identified.Answered answered ->
          new Seen(answered.unknown() ? "unknown" : "passed", List.of());
      case Identified.PhotoUnusable unusable -> again(unusable.photo().advice(), locale);
      case Identified.SpoofSuspected spoof -> again(List.of(spoof.advice()), locale);
      case Identified.Refused refused -> new Seen("stopped", List.of());
      case Identified.NoSession none -> new Seen("stopped", List.of());
    };
  }

  private static Seen verified(Verified result, Locale locale) {
    return switch (result) {
      case Verified.Answered answered ->
          new Seen(answered.matched() ? "passed" : "unknown", List.of());
      case Verified.PhotoUnusable unusable -> again(unusable.photo().advice(), locale);
      case Verified.SpoofSuspected spoof -> again(List.of(spoof.advice()), locale);
      case Verified.NotEnrolled none -> new Seen("unknown", List.of());
      case Verified.NewCaptureNeeded stale -> new Seen("unknown", List.of());
      case Verified.Refused refused -> new Seen("stopped", List.of());
      case Verified.NoSession none -> new Seen("stopped", List.of());
    };
  }

  private static Seen again(List<Advice> advice, Locale locale) {
    return new Seen(
        "again", advice.stream().map(a -> text(new Bilingual(a.zh(), a.en()), locale)).toList());
  }

  // ---- for who refuses or passes by

  /// A signed statement that no template was made at this checkpoint since this visit began.
  @GetMapping("/kiosk/{id}/statement.pdf")
  @Open
  ResponseEntity<byte[]> statement(
      @PathVariable CheckpointId id, @RequestParam String visit, HttpServletRequest request) {
    Checkpoint point = point(id);
    terminal(request, point);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .body(press.print(rights.noTemplateMade(id, started(visit))));
  }

  // ----

  private Checkpoint point(CheckpointId id) {
    return places
        .checkpoint(id)
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "no such checkpoint"));
  }

  private WayIn way(CheckpointId id, WayId way) {
    return places.ways(id).stream()
        .filter(each -> each.id().equals(way) && each.removedAt().isEmpty())
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "no such way"));
  }

  private Instant started(String visit) {
    return Instant.ofEpochMilli(Long.parseLong(seals.open(VISIT, visit)));
  }

  private String purpose(Checkpoint point, Locale locale) {
    return purposes
        .inForce(point.purpose())
        .map(Purpose::terms)
        .map(terms -> text(terms.statement(), locale))
        .orElse("");
  }

  private static String text(Bilingual text, Locale locale) {
    return locale.getLanguage().equals("en") ? text.en() : text.zh();
  }
}
