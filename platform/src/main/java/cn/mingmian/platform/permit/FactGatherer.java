package cn.mingmian.platform.permit;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.AssessmentStatus;
import cn.mingmian.law.facts.ConsentBy;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Control;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.LifeState;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Role;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.lint.Flaw;
import cn.mingmian.law.lint.Kind;
import cn.mingmian.law.lint.PromptLinter;
import cn.mingmian.platform.assessment.Assessment;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.defence.Alert;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Rules;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.orders.Order;
import cn.mingmian.platform.orders.OrderKind;
import cn.mingmian.platform.orders.Orders;
import cn.mingmian.platform.orders.Scope;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.OtherWays;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.Site;
import cn.mingmian.platform.places.SiteZone;
import cn.mingmian.platform.places.WayMeasure;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.staff.Viewing;
import cn.mingmian.platform.staff.Viewings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one place where facts are gathered for the rulebook. Every fact comes from a dated record or
/// from what was measured in this very act, and says so; what has no record stays absent.
/// Thread-safe.
public final class FactGatherer {
  /// By how much clocks of one machine may disagree.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

  private static final PromptLinter PROMPTS = new PromptLinter();

  private final Books books;
  private final Places places;
  private final Purposes purposes;
  private final People people;
  private final Viewings viewings;
  private final Orders orders;
  private final Notices notices;
  private final Consents consents;
  private final Assessments assessments;
  private final Controls controls;
  private final Defence defence;
  private final Filing filing;
  private final RulePacks packs;

  /// @param packs which packs the operator chose besides the law in force
  public FactGatherer(
      Books books,
      Places places,
      Purposes purposes,
      People people,
      Viewings viewings,
      Orders orders,
      Notices notices,
      Consents consents,
      Assessments assessments,
      Controls controls,
      Defence defence,
      Filing filing,
      RulePacks packs) {
    this.books = books;
    this.places = places;
    this.purposes = purposes;
    this.people = people;
    this.viewings = viewings;
    this.orders = orders;
    this.notices = notices;
    this.consents = consents;
    this.assessments = assessments;
    this.controls = controls;
    this.defence = defence;
    this.filing = filing;
    this.packs = packs;
  }

  /// Gathers what the law asks about a question, as it stands now.
  public Gathered gather(Question question) {
    return new Gathering(question, books.now()).gather();
  }

  /// One gathering; one thread.
  private final class Gathering {
    private final Question question;
    private final Instant now;
    private final Facts.Builder facts;
    private final SortedMap<String, Source> sources = new TreeMap<>();
    private Optional<ConsentId> consentFound = Optional.empty();
    private Set<Alternative> ways = Set.of();
    private Optional<OtherWays> waysKnown = Optional.empty();

    Gathering(Question question, Instant now) {
      this.question = question;
      this.now = now;
      this.facts = Facts.of(now, question.verb());
    }

    Gathered gather() {
      deed();
      Optional<Checkpoint> checkpoint = places.checkpoint(question.checkpoint());
      Optional<SiteZone> zone = checkpoint.flatMap(c -> places.zone(c.zone()));
      Optional<FaceDevice> device = checkpoint.flatMap(c -> places.device(c.device()));
      Optional<Site> site = zone.flatMap(z -> places.site(z.site()));
      Optional<Purpose> purpose = purposes.inForce(question.purpose());

      operator(checkpoint);
      purpose.ifPresent(this::purpose);
      zone.ifPresent(this::zone);
      site.ifPresent(this::site);
      device.ifPresent(this::device);
      checkpoint.ifPresent(this::checkpoint);
      person();
      rules();
      notice(site);
      consent(purpose);
      purpose.ifPresent(p -> ground(p, site));
      if (question.verb() == Verb.PROMPT) purpose.ifPresent(this::prompt);
      assessment(zone);
      retention(purpose, site);
      orders(site);
      question.viewing().flatMap(viewings::find).ifPresent(this::viewing);
      measured(checkpoint);
      return new Gathered(facts.build(), sources, consentFound);
    }

    // ---- the deed

    private void deed() {
      facts.packs(packs.inForce());
      tell(Source.of("clock", "server", now), "/at");
      tell(Source.of("statements", "rule packs", now), "/packs");
      tell(Source.asked(now), "/operation/verb");
      question
          .mode()
          .ifPresent(
              mode -> {
                facts.operation().mode(mode);
                tell(Source.asked(now), "/operation/mode");
              });
      question
          .move()
          .ifPresent(
              move -> {
                facts
                    .operation()
                    .destination(move.destination())
                    .content(move.content())
                    .recipient(move.recipient());
                tell(
                    Source.asked(now),
                    "/operation/destination",
                    "/operation/content",
                    "/operation/recipient");
              });
    }

    // ---- who processes

    private void operator(Optional<Checkpoint> checkpoint) {
      places
          .operator()
          .ifPresent(
              operator -> {
                facts.processor().kind(operator.kind()).publicFacing(operator.publicFacing());
                tell(
                    Source.of("operator", "version " + operator.version(), operator.recordedAt()),
                    "/processor/kind",
                    "/processor/publicFacing");
              });
      controls(checkpoint);
      stored();
    }

    private void controls(Optional<Checkpoint> checkpoint) {
      // A clock that went back would make old evidence young again and let what ended begin anew.
      Optional<Instant> later = laterDecision();
      if (later.isPresent()) {
        facts.processor().controls(Set.of());
        tell(
            Source.of(
                "clock",
                "server",
                now,
                "went back: a decision was taken at %s".formatted(later.get())),
            "/processor/controls");
      } else {
        // law| MEASURES-2025/14.1: a family that is not shown to work now does not count; nor does
        // defence where an attack was noticed, until somebody has looked.
        Set<Control> working = controls.working();
        Optional<Alert> alert =
            defence.standing(
                question.checkpoint(), checkpoint.map(Checkpoint::device), question.person());
        facts.processor().controls(alert.isPresent() ? withoutDefence(working) : working);
        tell(
            alert
                .map(a -> Source.of("alert", a.id(), a.at(), a.attack().name()))
                .orElseGet(() -> Source.of("self-check", "controls", now)),
            "/processor/controls");
      }
      controls
          .mlps()
          .ifPresent(
              mlps -> {
                facts.processor().mlpsLevel(mlps.level());
                tell(
                    Source.of("mlps", mlps.filingNumber(), start(mlps.assessedOn())),
                    "/processor/mlpsLevel");
              });
    }

    private static Set<Control> withoutDefence(Set<Control> working) {
      EnumSet<Control> others = EnumSet.noneOf(Control.class);
      others.addAll(working);
      others.remove(Control.INTRUSION_DETECTION);
      return others;
    }

    private Optional<Instant> laterDecision() {
      return books
          .database()
          .sql()
          .sql("SELECT at FROM decision WHERE at > :limit ORDER BY at DESC LIMIT 1")
          .param("limit", Books.utc(now.plus(CLOCK_SLACK)))
          .query((r, n) -> r.getObject(1, OffsetDateTime.class).toInstant())
          .optional();
    }

    private void stored() {
      Optional<PersonId> kept =
          question.verb() == Verb.ENROL ? question.person() : Optional.empty();
      facts.processor().storedPersons(Math.toIntExact(filing.storedPersonsIncluding(kept)));
      facts.processor().filing().status(filing.status());
      tell(
          Source.of(
              "holdings", "distinct persons", now, kept.isPresent() ? "this one included" : ""),
          "/processor/storedPersons");
      tell(Source.of("filing", "register", now), "/processor/filing/status");
      filing
          .reachedOn()
          .ifPresent(
              day -> {
                facts.processor().filing().reachedOn(day);
                tell(
                    Source.of("filing", "threshold reached", start(day)),
                    "/processor/filing/reachedOn");
              });
    }

    private static Instant start(LocalDate day) {
      return day.atStartOfDay(Books.SHANGHAI).toInstant();
    }

    // ---- what for

    private void purpose(Purpose purpose) {
      var terms = purpose.terms();
      Source source =
          Source.of(
              "purpose",
              "%s version %d".formatted(purpose.id(), purpose.version()),
              purpose.approvedAt().orElse(null));
      facts.processor().activity(terms.activity());
      facts
          .purpose()
          .kind(terms.kind())
          .specific(terms.specific())
          .necessary(terms.necessary())
          .leastImpact(terms.leastImpact(question.verb()))
          .faceIndispensable(terms.indispensableBecause().isPresent())
          .writtenConsentRequired(terms.writtenConsentBy().isPresent());
      tell(
          source,
          "/processor/activity",
          "/purpose/kind",
          "/purpose/specific",
          "/purpose/necessary",
          "/purpose/leastImpact",
          "/purpose/faceIndispensable",
          "/purpose/writtenConsentRequired");
    }

    /// What is relied on, and how that is shown.
    private void ground(Purpose purpose, Optional<Site> site) {
      Ground ground = purpose.terms().ground();
      facts.basis().kind(ground);
      tell(Source.of("purpose", purpose.id(), purpose.approvedAt().orElse(null)), "/basis/kind");
      if (ground == Ground.CONSENT) {
        // law| SPC-2021/6: the operator shows it, so there is a record or there is no ground.
        boolean recorded = facts.consent().build().form() != null;
        facts.basis().evidence(recorded);
        tell(
            recorded
                ? Source.of("consent", consentFound.map(ConsentId::value).orElse("session"), now)
                : Source.of("consents", "none of this person for this purpose", now),
            "/basis/evidence");
        return;
      }
      List<Order> shown =
          orders.inForce(OrderKind.GROUND, scope(site), now).stream()
              .filter(order -> order.draft().ground().filter(ground::equals).isPresent())
              .toList();
      facts.basis().evidence(!shown.isEmpty());
      tell(
          shown.isEmpty()
              ? Source.of("orders", "none in force for this ground", now)
              : source(shown.getFirst()),
          "/basis/evidence");
      if (shown.isEmpty()) return;
      Order order = shown.getFirst();
      order
          .draft()
          .norm()
          .ifPresent(
              norm -> {
                facts.basis().citation(norm.citation());
                tell(source(order), "/basis/citation");
              });
      order
          .draft()
          .until()
          .ifPresent(
              until -> {
                facts.basis().expires(until);
                tell(source(order), "/basis/expires");
              });
    }

    // ---- where

    private void zone(SiteZone zone) {
      facts.site().zone(zone.zone()).place(zone.place()).videoClass(zone.videoClass());
      tell(
          Source.of("zone", "%s version %d".formatted(zone.id(), zone.version()), null),
          "/site/zone",
          "/site/place",
          "/site/videoClass");
      var safety = places.safetyNecessity(zone.id());
      facts.site().publicSafetyNecessity(safety.isPresent());
      tell(
          safety
              .map(s -> Source.of("statement", s.id(), s.approvedAt().orElse(null)))
              .orElseGet(() -> Source.of("statements", "no safety necessity approved", now)),
          "/site/publicSafetyNecessity");
      facts.site().sign(places.signInPlace(zone.id(), now));
      tell(
          Source.of("signs", zone.id(), now, "photographed, and seen in place lately"),
          "/site/sign");
    }

    private void site(Site site) {
      Source source = Source.of("site", "%s version %d".formatted(site.id(), site.version()), null);
      facts.site().territory(site.territory());
      tell(source, "/site/territory");
      site.province()
          .ifPresent(
              province -> {
                facts.site().province(province);
                tell(source, "/site/province");
              });
      var hearing = places.hearing(site.id());
      facts.site().hearing(hearing.isPresent());
      tell(
          hearing
              .map(h -> Source.of("statement", h.id(), h.approvedAt().orElse(null)))
              .orElseGet(() -> Source.of("statements", "no hearing approved", now)),
          "/site/hearing");
    }

    private void device(FaceDevice device) {
      Source source =
          Source.of(
              "device", "%s version %d".formatted(device.id(), device.version()), device.since());
      facts
          .device()
          .kind(device.kind())
          .registered(device.state() != FaceDevice.State.REMOVED)
          .catalogued(device.catalogued())
          .certified(device.certificate().isPresent());
      facts.site().installer(device.installer());
      tell(
          source,
          "/device/kind",
          "/device/registered",
          "/device/catalogued",
          "/device/certified",
          "/site/installer");
      @Nullable LocalDate tested = device.lastTested().orElse(null);
      if (tested != null) {
        facts.device().lastTested(tested);
        tell(source, "/device/lastTested");
      }
      var area = places.captureArea(device.id());
      facts.site().captureArea(area.isPresent());
      tell(
          area.map(a -> Source.of("statement", a.id(), a.approvedAt().orElse(null)))
              .orElseGet(() -> Source.of("statements", "no capture area approved", now)),
          "/site/captureArea");
    }

    private void checkpoint(Checkpoint checkpoint) {
      var accessibility = places.accessibility(checkpoint.id());
      facts.site().accessible(accessibility.map(a -> a.body().complete()).orElse(false));
      tell(
          accessibility
              .map(a -> Source.of("statement", a.id(), a.approvedAt().orElse(null)))
              .orElseGet(
                  () -> Source.of("statements", "nothing approved about accessibility", now)),
          "/site/accessible");

      // law| MEASURES-2025/10.1, 10.2: counted as they work now and as people got through them.
      OtherWays other = places.otherWays(checkpoint.id());
      ways = other.offered();
      waysKnown = Optional.of(other);
      facts.alternatives(ways);
      tell(Source.measured("heartbeats of the ways in", now, each(other)), "/alternatives");
      Truth reasonable = other.reasonable();
      facts.alternativeReasonable(reasonable);
      if (reasonable != Truth.UNKNOWN) {
        tell(
            Source.measured("passages and terms of the ways in", now, each(other)),
            "/alternativeReasonable");
      }
    }

    private static String each(OtherWays ways) {
      List<String> each =
          ways.measures().stream().map(m -> "%s: %s".formatted(m.kind(), m.why())).toList();
      return String.join("; ", each);
    }

    // ---- who

    private void person() {
      question
          .person()
          .flatMap(people::find)
          .ifPresent(
              person -> {
                Source source =
                    Source.of(
                        "person",
                        "%s version %d".formatted(person.id(), person.version()),
                        person.registeredAt());
                facts.person().state(person.state());
                // Registered with us and named: the service is for them.
                facts.person().bystander(false);
                tell(source, "/person/state", "/person/bystander");
                person
                    .birthDate()
                    .ifPresent(
                        born -> {
                          facts.person().birthDate(born);
                          tell(source, "/person/birthDate");
                        });
              });
      question.session().ifPresent(this::session);
    }

    private void session(Session session) {
      Source source = Source.of("session", session.id(), session.openedAt(), session.step().name());
      facts.person().activePart(session.step().active());
      facts.notice().purposePrompt(session.purposeShown());
      facts.prompt().facePreselected(session.preselected());
      tell(source, "/person/activePart", "/notice/purposePrompt", "/prompt/facePreselected");
      if (question.person().isPresent()) return;

      // Nobody knows yet who this is. They chose the face by their own step: no bystander.
      facts.person().bystander(!session.step().active());
      tell(source, "/person/bystander");
      if (session.step().active()) {
        facts.person().state(LifeState.LIVING);
        tell(source, "/person/state");
      }
      if (session.fourteen()) {
        // law| MEASURES-2025/7.1: they said that they are fourteen or older; the youngest such
        // person was
        // born on this day fourteen years ago.
        LocalDate today = LocalDate.ofInstant(session.openedAt(), Books.SHANGHAI);
        facts.person().birthDate(today.minusYears(14));
        tell(
            Source.of(
                "session",
                session.id(),
                session.openedAt(),
                "said: fourteen or older; latest date that fits"),
            "/person/birthDate");
      }
    }

    // ---- what they were told, what they agreed to

    private void notice(Optional<Site> site) {
      if (site.isEmpty()) return;
      PurposeId purpose = question.purpose();
      notices
          .standing(purpose, site.get().id())
          .ifPresent(
              standing -> {
                facts
                    .notice()
                    .version(standing.versionInForce())
                    .items(standing.notice().text().present());
                tell(
                    Source.of(
                        "notice",
                        "%s at %s, version %d"
                            .formatted(purpose, site.get().id(), standing.notice().version()),
                        standing.notice().publishedAt().orElse(null),
                        standing.matches() ? "" : "the configuration has changed since"),
                    "/notice/version",
                    "/notice/items");
              });
      // A known person must have been told in person; for one whom nobody knows yet, the session
      // counts.
      Optional<String> session =
          question.person().isPresent() ? Optional.empty() : question.session().map(Session::id);
      if (session.isEmpty() && question.person().isEmpty()) return;
      notices
          .lastShown(purpose, site.get().id(), session, question.person())
          .ifPresent(
              shown -> {
                facts.notice().shownVersion(Integer.toString(shown.version())).shownAt(shown.at());
                tell(
                    Source.of("notice-shown", shown.id(), shown.at(), shown.channel().name()),
                    "/notice/shownVersion",
                    "/notice/shownAt");
              });
    }

    /// The rules that the public can read.
    private void rules() {
      for (RulesKind kind : RulesKind.values()) {
        Optional<Rules> rules = notices.published(kind);
        String pointer;
        switch (kind) {
          case PROCESSING -> {
            facts.processor().publishedRules(rules.isPresent());
            pointer = "/processor/publishedRules";
          }
          case UNDER_14 -> {
            facts.processor().childRules(rules.isPresent());
            pointer = "/processor/childRules";
          }
          default ->
              throw new IllegalStateException("no fact for rules of kind `%s`".formatted(kind));
        }
        tell(
            rules
                .map(
                    r -> Source.of("rules", "version " + r.version(), r.publishedAt().orElse(null)))
                .orElseGet(() -> Source.of("rules", "none published", now)),
            pointer);
      }
    }

    private void consent(Optional<Purpose> purpose) {
      if (question.person().isPresent()) {
        consents
            .bearing(question.person().get(), question.purpose(), question.verb(), now)
            .ifPresent(this::recordedConsent);
        consents
            .lastRefusedAt(question.person().get(), question.purpose())
            .ifPresent(
                refused -> {
                  facts.prompt().lastRefusedAt(refused);
                  tell(Source.of("refusal", "of this person", refused), "/prompt/lastRefusedAt");
                });
      } else if (purpose.isPresent()) {
        question
            .session()
            .filter(Session::agreed)
            .ifPresent(session -> sessionConsent(session, purpose.get()));
      }
    }

    private void recordedConsent(Consent consent) {
      consentFound = Optional.of(consent.id());
      Source source = Source.of("consent", consent.id(), consent.givenAt(), consent.channel());
      facts
          .consent()
          .form(consent.form())
          .by(consent.by())
          .givenAt(consent.givenAt())
          .operations(consent.operations())
          .noticeVersion(Integer.toString(consent.noticeVersion()))
          .preTicked(consent.preTicked())
          .conditional(consent.conditional())
          .guardianVerified(consent.guardianVerified())
          .attributes(consent.attributes());
      tell(
          source,
          "/consent/form",
          "/consent/by",
          "/consent/givenAt",
          "/consent/operations",
          "/consent/noticeVersion",
          "/consent/preTicked",
          "/consent/conditional",
          "/consent/guardianVerified",
          "/consent/attributes");
      consent
          .recipient()
          .ifPresent(
              recipient -> {
                facts.consent().recipient(recipient);
                tell(source, "/consent/recipient");
              });
      // law| SPC-2021/4.3: forced or tricked, as was found upon a complaint; else as it was given.
      facts.consent().coerced(consent.voidedAt().isPresent());
      tell(
          consent.voidedAt().isPresent()
              ? Source.of("consent-void", consent.id(), consent.voidedAt().get())
              : Source.of("consent", consent.id(), consent.givenAt(), "never found to be forced"),
          "/consent/coerced");
      consent
          .withdrawnAt()
          .ifPresent(
              at -> {
                facts.consent().withdrawnAt(at);
                tell(Source.of("withdrawal", consent.id(), at), "/consent/withdrawnAt");
              });
      consentPurpose(consent, source);
    }

    /// The law's kinds of purpose are coarse: a consent to another purpose of the same kind is none
    /// to this one, so its purpose then stays unestablished.
    private void consentPurpose(Consent consent, Source source) {
      Optional<PurposeKind> agreed =
          purposes.latest(consent.purpose()).map(purpose -> purpose.terms().kind());
      if (agreed.isEmpty()) return;
      boolean other = !consent.purpose().equals(question.purpose());
      Optional<PurposeKind> asked =
          purposes.latest(question.purpose()).map(purpose -> purpose.terms().kind());
      if (other && agreed.equals(asked)) return;
      facts.consent().purpose(agreed.get());
      tell(source, "/consent/purpose");
    }

    /// By their own step, with the notice before them and another way beside it, somebody agreed to
    /// be looked at and searched for, here and now.
    private void sessionConsent(Session session, Purpose purpose) {
      Source source =
          Source.of(
              "session",
              session.id(),
              session.openedAt(),
              "agreed by the step that chose the face");
      boolean free = !ways.isEmpty();
      facts
          .consent()
          .form(ConsentForm.SEPARATE)
          .by(ConsentBy.SELF)
          .givenAt(session.openedAt())
          .purpose(purpose.terms().kind())
          .operations(Verb.CAPTURE, Verb.IDENTIFY)
          .preTicked(session.preselected());
      tell(
          source,
          "/consent/form",
          "/consent/by",
          "/consent/givenAt",
          "/consent/purpose",
          "/consent/operations",
          "/consent/preTicked");
      // law| MEASURES-2025/6.1: voluntary, as far as there was another way to choose.
      facts.consent().conditional(!free).coerced(!free);
      tell(
          Source.measured(
              "ways in beside the face", now, free ? "at least one works" : "none works"),
          "/consent/conditional",
          "/consent/coerced");
    }

    /// What the checkpoint says when it asks for a face, and what it costs to refuse.
    private void prompt(Purpose purpose) {
      if (question.session().filter(Session::purposeShown).isPresent()) {
        // law| MEASURES-2025/12: the words that were shown are held against the linter.
        Set<Kind> flaws =
            PROMPTS.lint(PromptWords.compose(purpose, ways).zh()).stream()
                .map(Flaw::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
        boolean urgent = flaws.removeAll(Set.of(Kind.URGENT, Kind.PRESSURE));
        facts.prompt().urgent(urgent).misleading(!flaws.isEmpty());
        tell(
            Source.measured(
                "prompt linter", now, "the words of this checkpoint, as they were shown"),
            "/prompt/urgent",
            "/prompt/misleading");
      }
      Truth dearer = waysKnown.map(Gathering.this::dearer).orElse(Truth.UNKNOWN);
      facts.prompt().dearerWithoutFace(dearer);
      if (dearer != Truth.UNKNOWN) {
        tell(
            Source.of("statements", "terms of the ways in", now, "what each costs more"),
            "/prompt/dearerWithoutFace");
      }
    }

    /// No where a way that works costs nothing more; not established where no terms are approved.
    private Truth dearer(OtherWays other) {
      List<Integer> extra =
          other.measures().stream()
              .filter(WayMeasure::working)
              .flatMap(measure -> places.wayTerms(measure.way()).stream())
              .map(terms -> terms.body().extraFen())
              .toList();
      if (extra.isEmpty()) return Truth.UNKNOWN;
      return Truth.of(extra.stream().allMatch(fen -> fen > 0));
    }

    // ---- what was weighed before

    private void assessment(Optional<SiteZone> zone) {
      if (zone.isEmpty()) return;
      Optional<Assessment> standing = assessments.standing(question.purpose(), zone.get().id());
      if (standing.isEmpty()) {
        facts.assessment().status(AssessmentStatus.NONE);
        tell(Source.of("assessments", "none for this purpose and zone", now), "/assessment/status");
        return;
      }
      Assessment assessment = standing.get();
      Source source =
          Source.of(
              "assessment",
              "%s version %d".formatted(assessment.id(), assessment.version()),
              assessment.approvedAt().orElse(assessment.writtenAt()));
      facts
          .assessment()
          .status(assessment.approved() ? AssessmentStatus.APPROVED : AssessmentStatus.DRAFT)
          .verbs(assessment.draft().verbs())
          .zone(assessment.zoneKind())
          .sections(assessment.draft().written())
          .incidentSince(assessment.incidentSince())
          .changedSince(assessment.changedSince());
      tell(
          source,
          "/assessment/status",
          "/assessment/verbs",
          "/assessment/zone",
          "/assessment/sections",
          "/assessment/incidentSince",
          "/assessment/changedSince");
      assessment
          .approvedAt()
          .ifPresent(
              at -> {
                facts.assessment().approvedAt(at);
                tell(source, "/assessment/approvedAt");
              });
      purposes
          .latest(assessment.draft().purpose())
          .ifPresent(
              purpose -> {
                facts.assessment().purpose(purpose.terms().kind());
                tell(source, "/assessment/purpose");
              });
    }

    // ---- how long

    private void retention(Optional<Purpose> purpose, Optional<Site> site) {
      purpose.ifPresent(
          p -> {
            facts
                .retention()
                .maxDays(p.terms().retentionDays())
                .shortestNecessary(p.terms().shortestRetention());
            tell(
                Source.of(
                    "purpose",
                    "%s version %d".formatted(p.id(), p.version()),
                    p.approvedAt().orElse(null)),
                "/retention/maxDays",
                "/retention/shortestNecessary");
          });
      Optional<Holding> holding = holding(site);
      if (holding.isPresent() && question.verb() != Verb.ENROL) {
        facts.retention().recordedAt(holding.get().storedAt()).expiresAt(holding.get().expiresAt());
        tell(
            Source.of("holding", holding.get().id(), holding.get().storedAt()),
            "/retention/recordedAt",
            "/retention/expiresAt");
      } else if (question.verb() == Verb.ENROL && purpose.isPresent()) {
        // law| MEASURES-2025/8.2: the end is set before anything is kept.
        facts
            .retention()
            .expiresAt(now.plus(Duration.ofDays(purpose.get().terms().retentionDays())));
        tell(
            Source.of(
                "purpose",
                purpose.get().id(),
                purpose.get().approvedAt().orElse(null),
                "from now on"),
            "/retention/expiresAt");
      } else if (question.session().isPresent()) {
        // Nothing is kept yet: frame and probe die with the session at the latest.
        Session session = question.session().get();
        facts.retention().expiresAt(session.closesAt());
        tell(
            Source.of("session", session.id(), session.openedAt(), "what is captured ends with it"),
            "/retention/expiresAt");
      }
      orders.inForce(OrderKind.STATUTORY_RETENTION, scope(site), now).stream()
          .filter(order -> order.draft().until().isPresent())
          .findFirst()
          .ifPresent(
              order -> {
                facts.retention().statutoryFloorUntil(order.draft().until().orElseThrow());
                tell(source(order), "/retention/statutoryFloorUntil");
              });
    }

    /// What is kept of the person for this purpose: here, or, where the question is about keeping
    /// and erasing, anywhere.
    private Optional<Holding> holding(Optional<Site> site) {
      return question.person().stream()
          .flatMap(person -> people.holdings(person).stream())
          .filter(h -> h.state() == Holding.State.STORED)
          .filter(h -> h.gallery().purpose().equals(question.purpose()))
          .filter(
              h ->
                  question.session().isEmpty()
                      || site.map(s -> s.id().equals(h.gallery().site())).orElse(false))
          .findFirst();
    }

    // ---- orders

    private void orders(Optional<Site> site) {
      Scope scope = scope(site);
      facts.injunction(standing(OrderKind.INJUNCTION, scope, "/injunction"));
      facts
          .processor()
          .listedAsAbuser(standing(OrderKind.ABUSER_LISTING, scope, "/processor/listedAsAbuser"));
      if (question.person().isPresent()) {
        facts.person().legalHold(standing(OrderKind.LEGAL_HOLD, scope, "/person/legalHold"));
      }
      orders.inForce(OrderKind.MANDATE, scope, now).stream()
          .findFirst()
          .flatMap(order -> order.draft().norm().map(norm -> Map.entry(order, norm)))
          .ifPresent(
              mandate -> {
                facts
                    .purpose()
                    .mandate()
                    .level(mandate.getValue().level())
                    .citation(mandate.getValue().citation());
                tell(
                    source(mandate.getKey()),
                    "/purpose/mandate/level",
                    "/purpose/mandate/citation");
              });
      orders.inForce(OrderKind.NOTICE_EXEMPTION, scope, now).stream()
          .findFirst()
          .flatMap(order -> order.draft().norm().map(norm -> Map.entry(order, norm)))
          .ifPresent(
              exemption -> {
                facts
                    .notice()
                    .exemption()
                    .level(exemption.getValue().level())
                    .citation(exemption.getValue().citation());
                tell(
                    source(exemption.getKey()),
                    "/notice/exemption/level",
                    "/notice/exemption/citation");
              });
    }

    private boolean standing(OrderKind kind, Scope scope, String pointer) {
      List<Order> standing = orders.inForce(kind, scope, now);
      tell(
          standing.isEmpty()
              ? Source.of("orders", "no `%s` in force here".formatted(kind), now)
              : source(standing.getFirst()),
          pointer);
      return !standing.isEmpty();
    }

    private Scope scope(Optional<Site> site) {
      return new Scope(question.person(), Optional.of(question.purpose()), site.map(Site::id));
    }

    private static Source source(Order order) {
      return Source.of("order", order.id(), order.approvedAt().orElse(order.enteredAt()));
    }

    // ---- what the engine saw

    private void measured(Optional<Checkpoint> checkpoint) {
      Measured measured = question.measured();
      measured
          .live()
          .ifPresent(
              live -> {
                facts.liveness().passed(live);
                tell(
                    Source.measured(measured.by(), now, "bar %.2f".formatted(measured.liveBar())),
                    "/liveness/passed");
              });
      if (measured.insideCaptureArea().isPresent()) {
        facts.device().insideCaptureArea(measured.insideCaptureArea().get());
        tell(
            Source.measured(measured.by(), now, "faces outside were dropped"),
            "/device/insideCaptureArea");
        return;
      }
      // Before anything is looked at: the approved area goes to the engine, which drops faces
      // outside of it.
      if (question.verb() != Verb.CAPTURE) return;
      checkpoint
          .flatMap(c -> places.captureArea(c.device()))
          .ifPresent(
              area -> {
                facts.device().insideCaptureArea(true);
                tell(
                    Source.of(
                        "statement",
                        area.id(),
                        area.approvedAt().orElse(null),
                        "enforced by the engine"),
                    "/device/insideCaptureArea");
              });
    }

    private void viewing(Viewing viewing) {
      facts
          .access()
          .reason(viewing.reason())
          .approved(viewing.isOpenAt(now))
          .bulk(false)
          .role(Role.OPERATOR);
      Instant at = viewing.approvedAt().orElse(viewing.requestedAt());
      tell(Source.of("viewing", viewing.id(), at), "/access/reason", "/access/approved");
      tell(Source.of("viewing", viewing.id(), at, "names one person"), "/access/bulk");
      tell(Source.of("staff", viewing.viewer(), at), "/access/role");
    }

    private void tell(Source source, String... pointers) {
      for (String pointer : pointers) sources.put(pointer, source);
    }
  }
}
