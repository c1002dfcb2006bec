package cn.mingmian.server.api;

import cn.mingmian.law.facts.LifeState;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.consent.Guardianship;
import cn.mingmian.platform.consent.GuardianshipId;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.HoldingId;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.retention.Sweeper;
import cn.mingmian.platform.rights.ErasureCertificate;
import cn.mingmian.platform.rights.Rights;
import cn.mingmian.platform.rights.Withdrawn;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The people whose faces are recognised, and what they agreed to.
@RestController
@Tag(name = "People 人员")
class PeopleController {

  private final People people;
  private final Consents consents;
  private final Rights rights;
  private final Sweeper sweeper;
  private final Cursors cursors;

  PeopleController(Platform platform, Cursors cursors) {
    this.people = platform.people();
    this.consents = platform.consents();
    this.rights = platform.rights();
    this.sweeper = platform.sweeper();
    this.cursors = cursors;
  }

  /// @param reference  what the operator calls them; never an identity number or an address
  record NewPerson(Optional<String> reference, Optional<LocalDate> birthDate) {}

  /// @param from  the version that this change was made from
  record PersonChange(
      int from, Optional<String> reference, Optional<LocalDate> birthDate, LifeState state) {}

  /// One template that is or was held: never the template itself, and not where it lies.
  record HoldingView(
      HoldingId id,
      PurposeId purpose,
      SiteId site,
      String model,
      Holding.State state,
      Instant storedAt,
      Instant expiresAt,
      Optional<Instant> destroyedAt) {

    static HoldingView of(Holding holding) {
      return new HoldingView(
          holding.id(),
          holding.gallery().purpose(),
          holding.gallery().site(),
          holding.model(),
          holding.state(),
          holding.storedAt(),
          holding.expiresAt(),
          holding.destroyedAt());
    }
  }

  record Holdings(List<HoldingView> items) {}

  record ConsentList(List<Consent> items) {}

  /// @param entry  its entry in the log: `GET /v1/receipts/{entry}` proves it
  record GivenConsent(Consent consent, EntryId entry) {}

  record NewWithdrawal(String channel) {}

  record NewRefusal(PersonId person, PurposeId purpose) {}

  record Entered(EntryId entry) {}

  record NewGuardianship(PersonId child, PersonId guardian, String documentHash) {}

  @Operation(summary = "List people", description = "In no meaningful order: ids are random.")
  @GetMapping("/v1/people")
  @Needs({Scope.READ, Scope.PEOPLE})
  Cursors.Page<Person> listPeople(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.keyset(
        "people",
        limit,
        cursor,
        (after, most) -> people.page(after.orElse(""), most),
        person -> person.id().value());
  }

  @Operation(
      summary = "Register a person",
      description =
          "Holds no face and needs no name. Unknown age is neither child nor adult, so a face is"
              + " refused until the birth date is known.")
  @PostMapping("/v1/people")
  @Needs(Scope.PEOPLE)
  @ForPurpose
  ResponseEntity<Person> registerPerson(@RequestBody NewPerson request, Caller caller) {
    Person person = people.register(request.reference(), request.birthDate(), Records.hand(caller));
    return Records.created("/v1/people/" + person.id(), person);
  }

  @Operation(summary = "Read a person")
  @GetMapping("/v1/people/{id}")
  @Needs({Scope.READ, Scope.PEOPLE})
  @ForPurpose
  Person showPerson(@PathVariable PersonId id, Caller caller) {
    return met(id, caller);
  }

  @Operation(summary = "Correct a person")
  @PutMapping("/v1/people/{id}")
  @Needs(Scope.PEOPLE)
  @ForPurpose
  Person changePerson(@PathVariable PersonId id, @RequestBody PersonChange request, Caller caller) {
    met(id, caller);
    return people.change(
        id,
        request.from(),
        request.reference(),
        request.birthDate(),
        request.state(),
        Records.hand(caller));
  }

  @Operation(
      summary = "What is held of a person",
      description = "That a template exists, since when and until when; never the template.")
  @GetMapping("/v1/people/{id}/holdings")
  @Needs({Scope.READ, Scope.PEOPLE})
  @ForPurpose
  Holdings listHoldings(@PathVariable PersonId id, Caller caller) {
    people.require(id);
    return new Holdings(
        people.holdings(id).stream()
            .map(HoldingView::of)
            .filter(holding -> caller.mayUseFor(holding.purpose().value()))
            .toList());
  }

  @Operation(summary = "What a person agreed to", description = "Withdrawn ones included.")
  @GetMapping("/v1/people/{id}/consents")
  @Needs({Scope.READ, Scope.PEOPLE})
  @ForPurpose
  ConsentList listConsents(@PathVariable PersonId id, Caller caller) {
    people.require(id);
    return new ConsentList(
        consents.of(id).stream()
            .filter(consent -> caller.mayUseFor(consent.purpose().value()))
            .toList());
  }

  @Operation(
      summary = "Take a consent",
      description =
          "One act for one purpose, after the notice was shown. What kind of consent it is follows"
              + " from how the act happened; it is never claimed. Answers when it is in the log.")
  @PostMapping("/v1/consents")
  @Needs(Scope.PEOPLE)
  @ForPurpose
  ResponseEntity<GivenConsent> giveConsent(@RequestBody ConsentDraft request, Caller caller) {
    caller.mayUse(request.purpose().value());
    Consents.Given given = consents.give(request);
    return Records.created(
        "/v1/consents/" + given.consent().id(), new GivenConsent(given.consent(), given.entry()));
  }

  @Operation(summary = "Read a consent")
  @GetMapping("/v1/consents/{id}")
  @Needs({Scope.READ, Scope.PEOPLE})
  @ForPurpose
  Consent showConsent(@PathVariable ConsentId id, Caller caller) {
    return consent(id, caller);
  }

  @Operation(
      summary = "Record a refusal",
      description = "The person is not asked again for 48 hours.")
  @PostMapping("/v1/consents/refusals")
  @Needs(Scope.PEOPLE)
  @ForPurpose
  Entered refuseConsent(@RequestBody NewRefusal request, Caller caller) {
    caller.mayUse(request.purpose().value());
    return new Entered(consents.refuse(request.person(), request.purpose()));
  }

  @Operation(
      summary = "Verify a guardian",
      description = "That staff saw the proof; its hash is kept, not the proof.")
  @PostMapping("/v1/guardianships")
  @Needs(Scope.PEOPLE)
  @ForPurpose
  Guardianship verifyGuardian(@RequestBody NewGuardianship request, Caller caller) {
    met(request.child(), caller);
    met(request.guardian(), caller);
    GuardianshipId id =
        consents.verifyGuardian(
            request.child(), request.guardian(), request.documentHash(), Records.hand(caller));
    return Records.found(consents.guardianship(id), "guardianship", id);
  }

  /// @param withdrawnAt  from then on nothing may be done under the consent
  /// @param entry  its entry in the log
  /// @param logged  whether withdrawal and erasure are in the log yet; if not, they follow
  /// @param erased  how many templates were destroyed with it
  /// @param restricted  the law forbids destroying yet; nothing finds the template
  record WithdrawalView(
      ConsentId consent,
      Instant withdrawnAt,
      EntryId entry,
      boolean logged,
      int erased,
      boolean restricted) {}

  @Operation(
      summary = "Withdraw a consent",
      description =
          "Without a reason. At once nothing may be done under it, nothing finds the template, and it"
              + " is destroyed unless a lawful hold stands.")
  @PostMapping("/v1/consents/{id}/withdraw")
  @Needs(Scope.PEOPLE)
  @ForPurpose
  WithdrawalView withdrawConsent(
      @PathVariable ConsentId id, @RequestBody NewWithdrawal request, Caller caller) {
    consent(id, caller);
    Withdrawn withdrawn = rights.withdraw(id, request.channel());
    return new WithdrawalView(
        id,
        withdrawn.withdrawal().at(),
        withdrawn.withdrawal().entry(),
        withdrawn.logged(),
        withdrawn.erased().map(erased -> erased.templates().size()).orElse(0),
        withdrawn.restricted().isPresent());
  }

  record NewErasure(PersonId person, PurposeId purpose) {}

  record ErasureView(PersonId person, int erased, boolean restricted) {}

  @Operation(
      summary = "Erase a person's face on request",
      description =
          "Key first, then bytes. `restricted` where a lawful hold forbids it yet: then it is kept and"
              + " nothing finds it.")
  @PostMapping("/v1/erasures")
  @Needs(Scope.ERASE)
  @ForPurpose
  ErasureView erasePerson(@RequestBody NewErasure request, Caller caller) {
    caller.mayUse(request.purpose().value());
    people.require(request.person());
    return switch (rights.forget(request.person(), request.purpose(), "requested").orElse(null)) {
      case null -> new ErasureView(request.person(), 0, false);
      case Rights.Forgotten forgotten ->
          new ErasureView(request.person(), forgotten.erased().templates().size(), false);
      case Rights.Restricted restricted -> new ErasureView(request.person(), 0, true);
    };
  }

  @Operation(
      summary = "Erase what is over, now",
      description =
          "What the server does by itself once a minute: templates past their time, templates left"
              + " without a consent, detail of passages older than a week.")
  @PostMapping("/v1/sweeps")
  @Needs(Scope.ERASE)
  Sweeper.Swept sweep() {
    return sweeper.sweep();
  }

  @Operation(
      summary = "The certificate of what was erased",
      description = "Signed, with the log entries that prove it.")
  @GetMapping("/v1/people/{id}/erasure-certificate")
  @Needs({Scope.READ, Scope.PEOPLE})
  ErasureCertificate showErasureCertificate(@PathVariable PersonId id) {
    people.require(id);
    return rights.certify(id);
  }

  @Operation(
      summary = "A person's copy of their own data",
      description =
          "Everything on record about them, for them to look at and take along; never the template."
              + " That it was handed out is in the log.")
  @GetMapping(path = "/v1/people/{id}/data", produces = MediaType.APPLICATION_JSON_VALUE)
  @Needs(Scope.PEOPLE)
  ResponseEntity<String> showOwnData(@PathVariable PersonId id) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"personal-information.json\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(rights.export(id));
  }

  private Consent consent(ConsentId id, Caller caller) {
    Consent consent = Records.found(consents.find(id), "consent", id);
    caller.mayUse(consent.purpose().value());
    return consent;
  }

  /// A person whom a key bound to one purpose may meet: somebody new, or known to that purpose.
  private Person met(PersonId id, Caller caller) {
    Person person = people.require(id);
    if (caller.purpose().isPresent()) {
      List<String> knownTo =
          Stream.concat(
                  consents.of(id).stream().map(consent -> consent.purpose().value()),
                  people.holdings(id).stream().map(held -> held.gallery().purpose().value()))
              .toList();
      if (!knownTo.isEmpty() && knownTo.stream().noneMatch(caller::mayUseFor)) {
        caller.mayUse(knownTo.getFirst());
      }
    }
    return person;
  }
}
