package cn.mingmian.server.pages.people;

import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.RecordedEntry;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.consent.Guardianship;
import cn.mingmian.platform.consent.Receipts;
import cn.mingmian.platform.notices.Notice;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.ShownId;
import cn.mingmian.platform.notices.Standing;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.requests.Request;
import cn.mingmian.platform.requests.Requests;
import cn.mingmian.platform.rights.Rights;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.Cursors;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.http.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// A person's own pages: what is held, where, when it was used and by whom it was viewed; agree,
/// refuse, withdraw, take a copy, have it deleted. Entered without a face.
@Controller
class PortalPages {
  /// law| NDSR/22.5: nobody is asked again so soon after they said no.
  static final Duration NOT_ASKED_AGAIN = Duration.ofHours(48);

  /// What agreeing at a checkpoint is about; nothing else is ever in the same act.
  private static final Set<Verb> USE =
      EnumSet.of(Verb.CAPTURE, Verb.ENROL, Verb.VERIFY, Verb.IDENTIFY);

  private static final String ACT = "consent-act";

  private final People people;
  private final Places places;
  private final Purposes purposes;
  private final Notices notices;
  private final Consents consents;
  private final Receipts receipts;
  private final Rights rights;
  private final Codes codes;
  private final Requests requests;
  private final AuditTrail trail;
  private final PersonCookie cookie;
  private final PublicAddress address;
  private final Cursors seals;
  private final Clock clock;

  PortalPages(
      Platform platform, PersonCookie cookie, PublicAddress address, Cursors seals, Clock clock) {
    this.people = platform.people();
    this.places = platform.places();
    this.purposes = platform.purposes();
    this.notices = platform.notices();
    this.consents = platform.consents();
    this.receipts = platform.receipts();
    this.rights = platform.rights();
    this.codes = platform.codes();
    this.requests = platform.requests();
    this.trail = platform.trail();
    this.cookie = cookie;
    this.address = address;
    this.seals = seals;
    this.clock = clock;
  }

  // ---- coming in and going out

  @GetMapping("/me")
  @Open
  String home(HttpServletRequest request, Model model, Locale locale) {
    Optional<PersonId> me = cookie.shown(request);
    if (me.isEmpty()) {
      model.addAttribute("wrong", false);
      return "people/enter";
    }
    show(me.get(), model, locale);
    return "people/me";
  }

  /// By a code from the desk, or by reference and PIN.
  @PostMapping("/me/in")
  @Open
  String enter(
      @RequestParam Optional<String> code,
      @RequestParam Optional<String> reference,
      @RequestParam Optional<String> pin,
      HttpServletResponse response,
      Model model) {
    Codes.Typed typed =
        code.filter(c -> !c.isBlank())
            .map(c -> codes.use(c, Codes.Use.PORTAL))
            .orElseGet(() -> codes.pin(reference.orElse("").strip(), pin.orElse("")));
    if (!typed.good() || typed.holder().isEmpty()) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      model.addAttribute("wrong", true);
      return "people/enter";
    }
    cookie.give(response, typed.holder().get());
    return "redirect:/me";
  }

  @PostMapping("/me/out")
  @Open
  String leave(HttpServletResponse response) {
    PersonCookie.take(response);
    response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
    return "redirect:/me";
  }

  // ---- seeing

  /// @param kept whether it can still be withdrawn or deleted
  record HeldView(
      String site, String purpose, String storedAt, String until, String state, boolean kept) {}

  record ConsentView(
      String id,
      String purpose,
      String givenAt,
      String withdrawnAt,
      String receipt,
      boolean stands) {}

  /// A place where this person may use the face, and has not said yes or no to it.
  record OfferView(CheckpointId id, String name, String purpose) {}

  record EntryView(String at, String kind, String id) {}

  record ChildView(String guardianship, String label) {}

  /// @param answer empty while it waits
  record RequestView(Request.Kind kind, String text, String due, boolean granted, String answer) {}

  private static RequestView view(Request request, Locale locale) {
    return new RequestView(
        request.kind(),
        request.text(),
        request.due().toString(),
        request.answer().map(Request.Answer::granted).orElse(false),
        request.answer().map(answer -> Shown.text(answer.reason(), locale)).orElse(""));
  }

  private void show(PersonId me, Model model, Locale locale) {
    Person person = people.require(me);
    List<Consent> given = consents.of(me);
    model.addAttribute("number", me.value());
    model.addAttribute("reference", person.reference().orElse(""));
    model.addAttribute("birthDate", person.birthDate().map(LocalDate::toString).orElse(""));
    model.addAttribute("child", underFourteen(person));
    model.addAttribute("hasPin", codes.hasPin(me));
    model.addAttribute(
        "held", people.holdings(me).stream().map(holding -> held(holding, locale)).toList());
    model.addAttribute("consents", given.stream().map(consent -> view(consent, locale)).toList());
    model.addAttribute("offers", offers(me, locale));
    model.addAttribute("kinds", Request.Kind.values());
    model.addAttribute(
        "requests", requests.of(me).stream().map(request -> view(request, locale)).toList());
    model.addAttribute(
        "children",
        consents.guardianships(me).stream()
            .map(
                relation ->
                    new ChildView(
                        relation.id().value(),
                        people
                            .require(relation.child())
                            .reference()
                            .orElse(relation.child().value())))
            .toList());
    model.addAttribute(
        "entries", trail.about(me.value(), 50).stream().map(PortalPages::view).toList());
  }

  private HeldView held(Holding holding, Locale locale) {
    return new HeldView(
        places.site(holding.gallery().site()).map(site -> site.name()).orElse(""),
        statement(holding.gallery().purpose(), locale),
        Shown.time(holding.storedAt()),
        Shown.time(holding.expiresAt()),
        holding.state().name(),
        holding.state() != Holding.State.DESTROYED);
  }

  private ConsentView view(Consent consent, Locale locale) {
    return new ConsentView(
        consent.id().value(),
        statement(consent.purpose(), locale),
        Shown.time(consent.givenAt()),
        consent.withdrawnAt().map(Shown::time).orElse(""),
        receipts.of(consent.id(), address.uri()).link().getPath(),
        consent.withdrawnAt().isEmpty() && consent.voidedAt().isEmpty());
  }

  private static EntryView view(RecordedEntry entry) {
    return new EntryView(Shown.time(entry.at()), entry.kind(), entry.id().value());
  }

  private List<OfferView> offers(PersonId person, Locale locale) {
    Instant now = clock.instant();
    return places.checkpoints().stream()
        .filter(
            point ->
                notices
                    .standing(point.purpose(), site(point))
                    .filter(Standing::matches)
                    .isPresent())
        .filter(point -> places.otherWays(point.id()).faceMayBeAsked())
        .filter(point -> standing(person, point.purpose()).isEmpty())
        .filter(point -> !saidNo(person, point.purpose(), now))
        .map(point -> new OfferView(point.id(), point.name(), statement(point.purpose(), locale)))
        .toList();
  }

  private Optional<Consent> standing(PersonId person, PurposeId purpose) {
    return consents.of(person).stream()
        .filter(c -> c.purpose().equals(purpose))
        .filter(c -> c.withdrawnAt().isEmpty() && c.voidedAt().isEmpty())
        .findFirst();
  }

  private boolean saidNo(PersonId person, PurposeId purpose, Instant now) {
    return consents
        .lastRefusedAt(person, purpose)
        .map(at -> now.isBefore(at.plus(NOT_ASKED_AGAIN)))
        .orElse(false);
  }

  private String statement(PurposeId purpose, Locale locale) {
    return purposes
        .inForce(purpose)
        .map(p -> Shown.text(p.terms().statement(), locale))
        .orElse(purpose.value());
  }

  @GetMapping("/me/copy.json")
  @Open
  ResponseEntity<byte[]> copy(HttpServletRequest request) {
    return Papers.text("copy.json", MediaType.APPLICATION_JSON, rights.export(required(request)));
  }

  // ---- agreeing and refusing

  /// law| MEASURES-2025/5.1 and 6.1: told first; then one act for one purpose, nothing chosen
  /// beforehand, and no as near as yes.
  @GetMapping("/me/ask/{id}")
  @Open
  String ask(
      @PathVariable CheckpointId id,
      @RequestParam Optional<String> child,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    PersonId me = required(request);
    Checkpoint point = places.checkpoint(id).orElseThrow(PortalPages::nothing);
    Subject subject = subject(me, child);
    Instant now = clock.instant();
    String obstacle = obstacle(subject, point, now);
    model.addAttribute("point", point);
    model.addAttribute("obstacle", obstacle);
    model.addAttribute("forChild", subject.guardianship.isPresent());
    if (obstacle.isEmpty()) {
      var shown =
          notices.show(
              point.purpose(),
              site(point),
              cn.mingmian.platform.notices.Shown.Channel.PORTAL,
              Optional.empty(),
              Optional.of(subject.person));
      Notice notice = notices.standing(point.purpose(), site(point)).orElseThrow().notice();
      model.addAttribute("items", Shown.items(notice, Optional.empty(), locale));
      model.addAttribute(
          "operations",
          operations(point).stream()
              .sorted()
              .map(verb -> Shown.text(Receipts.named(verb), locale))
              .toList());
      // The act is sealed to who sits here, what was shown and whom it is about.
      model.addAttribute(
          "act",
          seals.seal(
              ACT,
              String.join(
                  " ",
                  UUID.randomUUID().toString(),
                  me.value(),
                  id.value(),
                  shown.id().value(),
                  child.orElse("-"))));
    }
    return "people/ask";
  }

  @PostMapping("/me/ask/{id}")
  @Open
  String answer(
      @PathVariable CheckpointId id,
      @RequestParam String act,
      @RequestParam String answer,
      HttpServletRequest request) {
    PersonId me = required(request);
    Checkpoint point = places.checkpoint(id).orElseThrow(PortalPages::nothing);
    String[] sealed = seals.open(ACT, act).split(" ");
    if (sealed.length != 5 || !sealed[1].equals(me.value()) || !sealed[2].equals(id.value())) {
      throw nothing();
    }
    Optional<String> child = sealed[4].equals("-") ? Optional.empty() : Optional.of(sealed[4]);
    Subject subject = subject(me, child);
    if (!answer.equals("agree")) {
      consents.refuse(subject.person, point.purpose());
      return "redirect:/me?said=no";
    }
    String obstacle = obstacle(subject, point, clock.instant());
    // Pressed twice: the first press counts.
    if (obstacle.equals("given")) return "redirect:/me";
    if (!obstacle.isEmpty()) {
      throw new RejectedRecordException("not-asked", "this is not asked now: " + obstacle);
    }
    Notice notice = notices.standing(point.purpose(), site(point)).orElseThrow().notice();
    Consents.Given given =
        consents.give(
            new ConsentDraft(
                subject.person,
                point.purpose(),
                operations(point),
                Set.of(),
                Optional.empty(),
                subject.guardianship.map(Guardianship::id),
                new ShownId(sealed[3]),
                new ConsentDraft.Act(
                    sealed[0],
                    "portal",
                    true,
                    false,
                    List.of(),
                    places.otherWays(id).offered().size(),
                    Optional.empty(),
                    notice.text().fingerprint())));
    trail.awaitPublished(given.entry(), Duration.ofSeconds(2));
    return "redirect:" + receipts.of(given.consent().id(), address.uri()).link().getPath();
  }

  private Set<Verb> operations(Checkpoint point) {
    Set<Verb> verbs = EnumSet.copyOf(USE);
    verbs.retainAll(
        purposes.inForce(point.purpose()).orElseThrow(PortalPages::nothing).terms().verbs());
    return verbs;
  }

  /// Whom an act is about, and by which relation somebody else speaks for them.
  private record Subject(PersonId person, Optional<Guardianship> guardianship) {}

  private Subject subject(PersonId me, Optional<String> child) {
    if (child.isEmpty()) return new Subject(me, Optional.empty());
    return consents.guardianships(me).stream()
        .filter(relation -> relation.id().value().equals(child.get()))
        .findFirst()
        .map(relation -> new Subject(relation.child(), Optional.of(relation)))
        .orElseThrow(PortalPages::nothing);
  }

  /// Why this is not asked now; empty if it is.
  private String obstacle(Subject subject, Checkpoint point, Instant now) {
    Person person = people.require(subject.person);
    if (purposes.inForce(point.purpose()).isEmpty()
        || notices.standing(point.purpose(), site(point)).filter(Standing::matches).isEmpty()) {
      return "notice";
    }
    // law| SPC-2021/4.1: where no other way stands open, agreeing would not be free.
    if (!places.otherWays(point.id()).faceMayBeAsked()) return "ways";
    if (person.birthDate().isEmpty()) return "age";
    // law| MEASURES-2025/7.1: a child's own press is never enough.
    if (underFourteen(person) && subject.guardianship.isEmpty()) return "child";
    if (standing(subject.person, point.purpose()).isPresent()) return "given";
    if (saidNo(subject.person, point.purpose(), now)) return "refused";
    return "";
  }

  private boolean underFourteen(Person person) {
    LocalDate today =
        LocalDate.ofInstant(clock.instant(), cn.mingmian.platform.audit.Books.SHANGHAI);
    return person.birthDate().map(born -> born.plusYears(14).isAfter(today)).orElse(false);
  }

  // ---- withdrawing and deleting

  @PostMapping("/me/withdraw/{consent}")
  @Open
  String withdraw(@PathVariable ConsentId consent, HttpServletRequest request) {
    PersonId me = required(request);
    Consent own =
        consents.find(consent).filter(c -> mine(me, c.person())).orElseThrow(PortalPages::nothing);
    rights.withdraw(own.id(), "portal");
    return "redirect:/me?said=withdrawn";
  }

  private boolean mine(PersonId me, PersonId person) {
    return me.equals(person)
        || consents.guardianships(me).stream().anyMatch(r -> r.child().equals(person));
  }

  /// Withdraws everything and has it destroyed.
  @PostMapping("/me/delete")
  @Open
  String delete(HttpServletRequest request) {
    PersonId me = required(request);
    consents.of(me).stream()
        .filter(c -> c.withdrawnAt().isEmpty())
        .forEach(c -> rights.withdraw(c.id(), "portal"));
    people.holdings(me).stream()
        .filter(h -> h.state() != Holding.State.DESTROYED)
        .map(h -> h.gallery().purpose())
        .distinct()
        .forEach(purpose -> rights.forget(me, purpose, "requested"));
    return "redirect:/me?said=deleted";
  }

  @PostMapping("/me/pin")
  @Open
  String pin(@RequestParam String pin, HttpServletRequest request) {
    codes.setPin(required(request), pin);
    return "redirect:/me?said=pin";
  }

  // ----

  private PersonId required(HttpServletRequest request) {
    return cookie
        .shown(request)
        .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED, "sign in first"));
  }

  private SiteId site(Checkpoint point) {
    return places.zone(point.zone()).orElseThrow().site();
  }

  private static ProblemException nothing() {
    return new ProblemException(ProblemCode.NOT_FOUND, "no such page");
  }
}
