package cn.mingmian.server.pages.console;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.agenda.Point;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.Places.Outcome;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayIn;
import cn.mingmian.platform.places.WayMeasure;
import cn.mingmian.platform.places.WayNames;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.platform.setup.Activation;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Every gate with what stands before its device, and the switch. Each act is one of the API's.
@Controller
class GatePages {
  /// A walk that took longer was interrupted, and says nothing.
  private static final Duration LONGEST_WALK = Duration.ofMinutes(10);

  private final Platform platform;
  private final Places places;
  private final Articles articles = new Articles();

  GatePages(Platform platform) {
    this.platform = platform;
    this.places = platform.places();
  }

  /// One gate as a line of the list.
  record Line(String id, String name, String site, String zone, String device, String state) {}

  /// What a gate still needs.
  record Need(String what, String why, List<String> articles) {}

  /// One way in beside the face.
  ///
  /// @param reasonable  `YES`, `NO` or `UNKNOWN`
  record Way(
      String id, String name, boolean working, int passages, String reasonable, String why) {}

  /// The device on its gate's page.
  record Device(
      String name, String serial, String certificate, String tested, String state, String since) {}

  @GetMapping("/console/gates")
  @Needs(Scope.READ)
  String list(Model model) {
    model.addAttribute("gates", lines());
    return "gates";
  }

  @GetMapping("/console/gates.csv")
  @Needs(Scope.READ)
  ResponseEntity<String> table() {
    Csv csv = new Csv("id", "gate", "site", "zone", "device", "state");
    for (Line line : lines()) {
      csv.row(line.id(), line.name(), line.site(), line.zone(), line.device(), line.state());
    }
    return csv.file("gates");
  }

  @GetMapping("/console/gates/{id}")
  @Needs(Scope.READ)
  String gate(@PathVariable CheckpointId id, Model model, Caller caller, Locale locale) {
    Checkpoint checkpoint = known(id);
    FaceDevice device = places.device(checkpoint.device()).orElseThrow();
    model.addAttribute("gate", line(checkpoint));
    model.addAttribute(
        "device",
        new Device(
            device.name(),
            device.serial(),
            device.certificate().orElse("—"),
            device.lastTested().map(Object::toString).orElse("—"),
            device.state().name(),
            device.since().atZone(Books.SHANGHAI).toLocalDate().toString()));
    model.addAttribute(
        "needs",
        platform.agenda().openPoints(checkpoint).stream().map(p -> need(p, locale)).toList());
    model.addAttribute(
        "ways",
        places.otherWays(id).measures().stream().map(measure -> way(measure, locale)).toList());
    model.addAttribute("mayWrite", caller.allows(Scope.SET_UP));
    model.addAttribute("mayReport", caller.allows(Scope.WAYS));
    return "gate";
  }

  @PostMapping("/console/gates/{id}/switch-on")
  @Needs(Scope.SET_UP)
  String switchOn(
      @PathVariable CheckpointId id,
      Caller caller,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    switch (platform.activation().switchOn(id, hand(caller))) {
      case Activation.On on -> model.addAttribute("decision", on.permit().decided().id());
      case Activation.Refused refused -> {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        model.addAttribute("refused", refused.refusal().decided().id());
      }
    }
    return gate(id, model, caller, locale);
  }

  /// Somebody at the gate sees that a way works: a desk that is staffed, a reader that reads.
  @PostMapping("/console/gates/{id}/ways/{way}/works")
  @Needs(Scope.WAYS)
  String works(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      @RequestParam boolean works,
      Caller caller,
      Model model,
      Locale locale) {
    places.heartbeat(of(id, way).id(), works, true, caller.holder());
    return gate(id, model, caller, locale);
  }

  /// A trial walk begins: the watch is the server's, not the browser's.
  @PostMapping("/console/gates/{id}/ways/{way}/walk")
  @Needs(Scope.WAYS)
  String walk(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      Caller caller,
      Model model,
      Locale locale) {
    model.addAttribute("walking", of(id, way).id().value());
    model.addAttribute("began", platform.books().now());
    return gate(id, model, caller, locale);
  }

  /// Whoever walked is through.
  @PostMapping("/console/gates/{id}/ways/{way}/through")
  @Needs(Scope.WAYS)
  String through(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      @RequestParam Instant began,
      Caller caller,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    Instant now = platform.books().now();
    if (began.isAfter(now) || began.isBefore(now.minus(LONGEST_WALK))) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      model.addAttribute("fault", "a walk takes ten minutes at most");
      return gate(id, model, caller, locale);
    }
    try {
      places.recordPassage(
          id, Optional.of(of(id, way).id()), began, now, Outcome.PASSED, caller.holder());
    } catch (RecordException refused) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      model.addAttribute("fault", refused.getMessage());
    }
    return gate(id, model, caller, locale);
  }

  private List<Line> lines() {
    return places.checkpoints().stream().map(this::line).toList();
  }

  private Line line(Checkpoint checkpoint) {
    var zone = places.zone(checkpoint.zone()).orElseThrow();
    FaceDevice device = places.device(checkpoint.device()).orElseThrow();
    return new Line(
        checkpoint.id().value(),
        checkpoint.name(),
        places.site(zone.site()).orElseThrow().name(),
        zone.name(),
        device.name(),
        device.state().name());
  }

  private Need need(Point point, Locale locale) {
    return new Need(
        Articles.in(locale, point.what()),
        Articles.in(locale, point.why()),
        point.rules().stream().map(rule -> articles.citation(rule, locale)).toList());
  }

  private static Way way(WayMeasure measure, Locale locale) {
    return new Way(
        measure.way().value(),
        Articles.in(locale, WayNames.of(measure.kind())),
        measure.working(),
        measure.passages(),
        measure.reasonable().name(),
        measure.why());
  }

  private WayIn of(CheckpointId id, WayId way) {
    return places.ways(known(id).id()).stream()
        .filter(w -> w.id().equals(way) && w.removedAt().isEmpty())
        .findFirst()
        .orElseThrow(() -> new UnknownRecordException("way", way.value()));
  }

  private Checkpoint known(CheckpointId id) {
    return places
        .checkpoint(id)
        .orElseThrow(() -> new UnknownRecordException("checkpoint", id.value()));
  }

  private static Actor hand(Caller caller) {
    return new Actor(caller.holder());
  }
}
