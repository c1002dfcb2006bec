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
import cn.mingmian.platform.rights.ErasureCertificate;
import cn.mingmian.platform.rights.Rights;
import cn.mingmian.platform.rights.Withdrawn;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
  private final Cursors cursors;

  PeopleController(Platform platform, Cursors cursors) {
    this.people = platform.people();
    this.consents = platform.consents();
    this.rights = platform.rights();
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
    int size = Cursors.limit(limit);
    String after = cursor.map(given -> cursors.open("people", given)).orElse("");
    List<Person> page = people.page(after, size + 1);
    boolean more = page.size() > size;
    List<Person> items = more ? page.subList(0, size) : page;
    return new Cursors.Page<>(
        items,
        more
            ? Optional.of(cursors.seal("people", items.getLast().id().value()))
            : Optional.empty());
  }

  @Operation(
      summary = "Register a person",
      description =
          "Holds no face and needs no name. Unknown age is neither child nor adult, so a face is"
              + " refused until the birth date is known.")
  @PostMapping("/v1/people")
  @Needs(Scope.PEOPLE)
  ResponseEntity<Person> registerPerson(@RequestBody NewPerson request, Caller caller) {
    Person person = people.register(request.reference(), request.birthDate(), Records.hand(caller));
    return Records.created("/v1/people/" + person.id(), person);
  }

  @Operation(summary = "Read a person")
  @GetMapping("/v1/people/{id}")
  @Needs({Scope.READ, Scope.PEOPLE})
  Person showPerson(@PathVariable PersonId id) {
    return people.require(id);
  }

  @Operation(summary = "Correct a person")
  @PutMapping("/v1/people/{id}")
  @Needs(Scope.PEOPLE)
  Person changePerson(@PathVariable PersonId id, @RequestBody PersonChange request, Caller caller) {
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
  Holdings listHoldings(@PathVariable PersonId id) {
    people.require(id);
    return new Holdings(people.holdings(id).stream().map(HoldingView::of).toList());
  }

  @Operation(summary = "What a person agreed to", description = "Withdrawn ones included.")
  @GetMapping("/v1/people/{id}/consents")
  @Needs({Scope.READ, Scope.PEOPLE})
  ConsentList listConsents(@PathVariable PersonId id) {
    people.require(id);
    return new ConsentList(consents.of(id));
  }

  @Operation(
      summary = "Take a consent",
      description =
          "One act for one purpose, after the notice was shown. What kind of consent it is follows"
              + " from how the act happened; it is never claimed. Answers when it is in the log.")
  @PostMapping("/v1/consents")
  @Needs(Scope.PEOPLE)
  ResponseEntity<GivenConsent> giveConsent(@RequestBody ConsentDraft request, Caller caller) {
    caller.mayUse(request.purpose().value());
    Consents.Given given = consents.give(request);
    return Records.created(
        "/v1/consents/" + given.consent().id(), new GivenConsent(given.consent(), given.entry()));
  }

  @Operation(summary = "Read a consent")
  @GetMapping("/v1/consents/{id}")
  @Needs({Scope.READ, Scope.PEOPLE})
  Consent showConsent(@PathVariable ConsentId id) {
    return Records.found(consents.find(id), "consent", id);
  }

  @Operation(
      summary = "Record a refusal",
      description = "The person is not asked again for 48 hours.")
  @PostMapping("/v1/consents/refusals")
  @Needs(Scope.PEOPLE)
  Entered refuseConsent(@RequestBody NewRefusal request, Caller caller) {
    caller.mayUse(request.purpose().value());
    return new Entered(consents.refuse(request.person(), request.purpose()));
  }

  @Operation(
      summary = "Verify a guardian",
      description = "That staff saw the proof; its hash is kept, not the proof.")
  @PostMapping("/v1/guardianships")
  @Needs(Scope.PEOPLE)
  Guardianship verifyGuardian(@RequestBody NewGuardianship request, Caller caller) {
    GuardianshipId id =
        consents.verifyGuardian(
            request.child(), request.guardian(), request.documentHash(), Records.hand(caller));
    return Records.found(consents.guardianship(id), "guardianship", id);
  }

  /// @param withdrawnAt  from then on nothing may be done under the consent
  /// @param entry  its entry in the log
  /// @param erased  how many templates were destroyed with it
  /// @param restricted  the law forbids destroying yet; nothing finds the template
  record WithdrawalView(
      ConsentId consent, Instant withdrawnAt, EntryId entry, int erased, boolean restricted) {}

  @Operation(
      summary = "Withdraw a consent",
      description =
          "Without a reason. At once nothing may be done under it, nothing finds the template, and it"
              + " is destroyed unless a lawful hold stands.")
  @PostMapping("/v1/consents/{id}/withdraw")
  @Needs(Scope.PEOPLE)
  WithdrawalView withdrawConsent(@PathVariable ConsentId id, @RequestBody NewWithdrawal request) {
    Withdrawn withdrawn = rights.withdraw(id, request.channel());
    return new WithdrawalView(
        id,
        withdrawn.withdrawal().at(),
        withdrawn.withdrawal().entry(),
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
      summary = "The certificate of what was erased",
      description = "Signed, with the log entries that prove it.")
  @GetMapping("/v1/people/{id}/erasure-certificate")
  @Needs({Scope.READ, Scope.PEOPLE})
  ErasureCertificate showErasureCertificate(@PathVariable PersonId id) {
    people.require(id);
    return rights.certify(id);
  }
}
