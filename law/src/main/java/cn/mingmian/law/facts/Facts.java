package cn.mingmian.law.facts;

import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that the law asks about one deed with one face. Immutable.
///
/// A fact that is absent is *not established*: nothing is presumed in favour of processing.
///
/// ```
/// Facts.of(now, Verb.VERIFY)
///     .processor(p -> p.kind(ProcessorKind.PROPERTY_MANAGER).publicFacing(true))
///     .site(s -> s.zone(Zone.PROPERTY_GATE).sign(true))
///     .alternatives(Alternative.CARD)
///     .build()
/// ```
///
/// @param at  when it happens; the law of that Shanghai day applies
/// @param packs  which packs apply besides the law in force
/// @param alternatives  non-face ways offered
/// @param alternativeReasonable  they are reasonable and convenient, at no worse price, place or
///     time
/// @param injunction  a court has ordered this processing to stop
public record Facts(
    Instant at,
    Set<Pack> packs,
    Operation operation,
    Processor processor,
    Purpose purpose,
    Basis basis,
    Site site,
    Device device,
    Person person,
    Notice notice,
    Consent consent,
    Assessment assessment,
    @Nullable Set<Alternative> alternatives,
    Truth alternativeReasonable,
    Retention retention,
    RemoteRequest remoteRequest,
    Review review,
    Access access,
    Prompt prompt,
    Liveness liveness,
    Truth injunction) {
  public Facts {
    packs = Fixed.copyOf(Pack.class, packs);
    alternatives = Fixed.copy(Alternative.class, alternatives);
  }

  /// Starts with nothing known but when and what; packs are the default, `standards`.
  public static Builder of(Instant at, Verb verb) {
    return new Builder(at, Operation.builder(verb));
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder(at, operation.but());
    b.packs = packs;
    b.processor = processor.but();
    b.purpose = purpose.but();
    b.basis = basis.but();
    b.site = site.but();
    b.device = device.but();
    b.person = person.but();
    b.notice = notice.but();
    b.consent = consent.but();
    b.assessment = assessment.but();
    b.alternatives = alternatives;
    b.alternativeReasonable = alternativeReasonable;
    b.retention = retention.but();
    b.remoteRequest = remoteRequest.but();
    b.review = review.but();
    b.access = access.but();
    b.prompt = prompt.but();
    b.liveness = liveness.but();
    b.injunction = injunction;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private Instant at;
    private Set<Pack> packs = Pack.BY_DEFAULT;
    private Operation.Builder operation;
    private Processor.Builder processor = Processor.builder();
    private Purpose.Builder purpose = Purpose.builder();
    private Basis.Builder basis = Basis.builder();
    private Site.Builder site = Site.builder();
    private Device.Builder device = Device.builder();
    private Person.Builder person = Person.builder();
    private Notice.Builder notice = Notice.builder();
    private Consent.Builder consent = Consent.builder();
    private Assessment.Builder assessment = Assessment.builder();
    private @Nullable Set<Alternative> alternatives;
    private Truth alternativeReasonable = Truth.UNKNOWN;
    private Retention.Builder retention = Retention.builder();
    private RemoteRequest.Builder remoteRequest = RemoteRequest.builder();
    private Review.Builder review = Review.builder();
    private Access.Builder access = Access.builder();
    private Prompt.Builder prompt = Prompt.builder();
    private Liveness.Builder liveness = Liveness.builder();
    private Truth injunction = Truth.UNKNOWN;

    private Builder(Instant at, Operation.Builder operation) {
      this.at = at;
      this.operation = operation;
    }

    public Builder at(Instant at) {
      this.at = at;
      return this;
    }

    public Builder packs(Set<Pack> packs) {
      this.packs = packs;
      return this;
    }

    public Builder packs(Pack... packs) {
      return packs(Set.of(packs));
    }

    public Operation.Builder operation() {
      return operation;
    }

    public Builder operation(Consumer<Operation.Builder> told) {
      told.accept(operation);
      return this;
    }

    public Builder operation(Operation operation) {
      this.operation = operation.but();
      return this;
    }

    public Processor.Builder processor() {
      return processor;
    }

    public Builder processor(Consumer<Processor.Builder> told) {
      told.accept(processor);
      return this;
    }

    public Builder processor(Processor processor) {
      this.processor = processor.but();
      return this;
    }

    public Purpose.Builder purpose() {
      return purpose;
    }

    public Builder purpose(Consumer<Purpose.Builder> told) {
      told.accept(purpose);
      return this;
    }

    public Builder purpose(Purpose purpose) {
      this.purpose = purpose.but();
      return this;
    }

    public Basis.Builder basis() {
      return basis;
    }

    public Builder basis(Consumer<Basis.Builder> told) {
      told.accept(basis);
      return this;
    }

    public Builder basis(Basis basis) {
      this.basis = basis.but();
      return this;
    }

    public Site.Builder site() {
      return site;
    }

    public Builder site(Consumer<Site.Builder> told) {
      told.accept(site);
      return this;
    }

    public Builder site(Site site) {
      this.site = site.but();
      return this;
    }

    public Device.Builder device() {
      return device;
    }

    public Builder device(Consumer<Device.Builder> told) {
      told.accept(device);
      return this;
    }

    public Builder device(Device device) {
      this.device = device.but();
      return this;
    }

    public Person.Builder person() {
      return person;
    }

    public Builder person(Consumer<Person.Builder> told) {
      told.accept(person);
      return this;
    }

    public Builder person(Person person) {
      this.person = person.but();
      return this;
    }

    public Notice.Builder notice() {
      return notice;
    }

    public Builder notice(Consumer<Notice.Builder> told) {
      told.accept(notice);
      return this;
    }

    public Builder notice(Notice notice) {
      this.notice = notice.but();
      return this;
    }

    public Consent.Builder consent() {
      return consent;
    }

    public Builder consent(Consumer<Consent.Builder> told) {
      told.accept(consent);
      return this;
    }

    public Builder consent(Consent consent) {
      this.consent = consent.but();
      return this;
    }

    public Assessment.Builder assessment() {
      return assessment;
    }

    public Builder assessment(Consumer<Assessment.Builder> told) {
      told.accept(assessment);
      return this;
    }

    public Builder assessment(Assessment assessment) {
      this.assessment = assessment.but();
      return this;
    }

    public Builder alternatives(@Nullable Set<Alternative> alternatives) {
      this.alternatives = alternatives;
      return this;
    }

    public Builder alternatives(Alternative... alternatives) {
      return alternatives(Set.of(alternatives));
    }

    public Builder alternativeReasonable(Truth alternativeReasonable) {
      this.alternativeReasonable = alternativeReasonable;
      return this;
    }

    public Builder alternativeReasonable(boolean alternativeReasonable) {
      return alternativeReasonable(Truth.of(alternativeReasonable));
    }

    public Retention.Builder retention() {
      return retention;
    }

    public Builder retention(Consumer<Retention.Builder> told) {
      told.accept(retention);
      return this;
    }

    public Builder retention(Retention retention) {
      this.retention = retention.but();
      return this;
    }

    public RemoteRequest.Builder remoteRequest() {
      return remoteRequest;
    }

    public Builder remoteRequest(Consumer<RemoteRequest.Builder> told) {
      told.accept(remoteRequest);
      return this;
    }

    public Builder remoteRequest(RemoteRequest remoteRequest) {
      this.remoteRequest = remoteRequest.but();
      return this;
    }

    public Review.Builder review() {
      return review;
    }

    public Builder review(Consumer<Review.Builder> told) {
      told.accept(review);
      return this;
    }

    public Builder review(Review review) {
      this.review = review.but();
      return this;
    }

    public Access.Builder access() {
      return access;
    }

    public Builder access(Consumer<Access.Builder> told) {
      told.accept(access);
      return this;
    }

    public Builder access(Access access) {
      this.access = access.but();
      return this;
    }

    public Prompt.Builder prompt() {
      return prompt;
    }

    public Builder prompt(Consumer<Prompt.Builder> told) {
      told.accept(prompt);
      return this;
    }

    public Builder prompt(Prompt prompt) {
      this.prompt = prompt.but();
      return this;
    }

    public Liveness.Builder liveness() {
      return liveness;
    }

    public Builder liveness(Consumer<Liveness.Builder> told) {
      told.accept(liveness);
      return this;
    }

    public Builder liveness(Liveness liveness) {
      this.liveness = liveness.but();
      return this;
    }

    public Builder injunction(Truth injunction) {
      this.injunction = injunction;
      return this;
    }

    public Builder injunction(boolean injunction) {
      return injunction(Truth.of(injunction));
    }

    public Facts build() {
      return new Facts(
          at,
          packs,
          operation.build(),
          processor.build(),
          purpose.build(),
          basis.build(),
          site.build(),
          device.build(),
          person.build(),
          notice.build(),
          consent.build(),
          assessment.build(),
          alternatives,
          alternativeReasonable,
          retention.build(),
          remoteRequest.build(),
          review.build(),
          access.build(),
          prompt.build(),
          liveness.build(),
          injunction);
    }
  }
}
