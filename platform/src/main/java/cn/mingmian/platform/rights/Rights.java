package cn.mingmian.platform.rights;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.consent.Withdrawal;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.platform.templates.ErasedTemplates;
import cn.mingmian.platform.templates.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The rights of the people behind the faces. Thread-safe.
public final class Rights {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Books books;
  private final People people;
  private final Places places;
  private final Consents consents;
  private final Permits permits;
  private final Templates templates;
  private final Keys keys;
  private final CertificateKey key;

  public Rights(
      Books books,
      People people,
      Places places,
      Consents consents,
      Permits permits,
      Templates templates,
      Keys keys,
      CertificateKey key) {
    this.books = books;
    this.people = people;
    this.places = places;
    this.consents = consents;
    this.permits = permits;
    this.templates = templates;
    this.keys = keys;
    this.key = key;
  }

  // ---- withdrawing

  /// Withdraws a consent: unfindable at once, then destroyed, unless another consent that stands
  /// carries what is kept; says whether it is in the log.
  ///
  /// law| MEASURES-2025/6.3, PIPL/15: a convenient way to withdraw; no reason, no face. PIPL/47:
  /// then erase.
  ///
  /// @param channel where it happened, such as `portal`, `desk`
  public Withdrawn withdraw(ConsentId id, String channel) {
    Consent consent =
        consents.find(id).orElseThrow(() -> new UnknownRecordException("consent", id.value()));
    Withdrawal withdrawal = consents.withdraw(id, channel);
    boolean groundless = consents.groundless(consent.person(), consent.purpose());
    if (groundless) templates.hide(consent.person(), Optional.of(consent.purpose()));
    else templates.narrow(consent.person(), consent.purpose());
    boolean logged = permits.published(withdrawal.entry());
    // law| PIPL/47: what another consent of the person still carries is not destroyed with this
    // one.
    Optional<Forgetting> forgetting =
        groundless ? forget(consent.person(), consent.purpose(), "withdrawn") : Optional.empty();
    return switch (forgetting.orElse(null)) {
      case null -> new Withdrawn(withdrawal, logged, Optional.empty(), Optional.empty());
      case Forgotten forgotten ->
          new Withdrawn(
              withdrawal,
              logged && forgotten.logged(),
              Optional.of(forgotten.erased()),
              Optional.empty());
      case Restricted restricted ->
          new Withdrawn(withdrawal, logged, Optional.empty(), Optional.of(restricted.refusal()));
    };
  }

  /// What came of asking to destroy.
  public sealed interface Forgetting {}

  /// Destroyed.
  ///
  /// @param logged whether that is in the log yet; if not, it follows
  public record Forgotten(ErasedTemplates erased, boolean logged) implements Forgetting {}

  /// It may not be destroyed yet; it is kept, and nothing finds it.
  public record Restricted(Refusal refusal) implements Forgetting {}

  /// Destroys what is kept of a person for a purpose, if the law lets it go.
  ///
  /// @param reason `withdrawn`, `expired`, `requested`
  /// @return empty if nothing is kept
  public Optional<Forgetting> forget(PersonId person, PurposeId purpose, String reason) {
    boolean kept =
        people.holdings(person).stream()
            .anyMatch(
                h -> h.gallery().purpose().equals(purpose) && h.state() != Holding.State.DESTROYED);
    if (!kept) return Optional.empty();
    var checkpoint = templates.enrolledAt(person, purpose).orElseThrow();
    templates.hide(person, Optional.of(purpose));
    return Optional.of(
        switch (permits.ask(Question.erase(person, purpose, checkpoint))) {
          // law| PIPL/47: where erasing is forbidden for now, storage and protection only.
          case Refusal refusal -> new Restricted(refusal);
          case Permit mayErase -> {
            ErasedTemplates erased = templates.erase(mayErase, person, purpose, checkpoint, reason);
            boolean logged = true;
            for (ErasedTemplates.One one : erased.templates()) {
              logged &= permits.published(one.entry());
            }
            yield new Forgotten(erased, logged);
          }
        });
  }

  // ---- certificate

  /// Certifies what was destroyed of a person: when, what may remain unreadably until when, and the
  /// log's receipt for each.
  ///
  /// @throws RejectedRecordException `nothing-erased` if nothing was
  public ErasureCertificate certify(PersonId person) {
    List<ErasedTemplates.One> erased = templates.erasures(person);
    if (erased.isEmpty()) {
      throw new RejectedRecordException("nothing-erased", "nothing of this person was erased");
    }
    Instant now = books.now();
    String id = books.ids().next("crt");
    ObjectNode page = JSON.createObjectNode();
    page.put("certificate", id).put("kind", "ERASURE").put("issuedAt", now.toString());
    places
        .operator()
        .ifPresent(
            operator -> page.put("operator", operator.name()).put("contact", operator.contact()));
    page.put("person", person.value());
    ArrayNode all = page.putArray("destroyed");
    for (ErasedTemplates.One one : erased) {
      ObjectNode each = all.addObject();
      each.put("what", "face template and its keys")
          .put("site", one.site().value())
          .put("enrolledAt", one.enrolledAt().toString())
          .put("reason", one.reason())
          .put("unfindableSince", one.unfindableAt().toString())
          .put("destroyedAt", one.destroyedAt().toString())
          .put("keysDestroyed", one.keys())
          .put("bytesOverwritten", one.bytes())
          .put("epoch", one.epoch());
      // Copies on worn disk blocks or in backups are sealed; with the epoch key their last reader
      // dies.
      Optional<Keys.EpochFate> fate = keys.fate(one.epoch());
      Optional<Instant> dead = fate.flatMap(Keys.EpochFate::destroyedAt);
      int copies = fate.map(Keys.EpochFate::copies).orElse(0);
      each.put("copiesUnreadable", dead.isPresent() && copies == 0)
          .put("copiesUnreadableBy", dead.orElse(one.destroyedAt().plus(keys.window())).toString())
          .put("copiesOfTheEpochKey", copies)
          .put("logEntry", one.entry().value());
      books.trail().receiptText(one.entry()).ifPresent(receipt -> each.put("logReceipt", receipt));
    }
    page.put(
        "zh",
        "上述人脸模板及其密钥已被销毁，自“unfindableSince”时起任何检索均无法找到；磁盘残留块与备份中的密文副本最迟自“copiesUnreadableBy”时起无法解密（服务停机的，顺延至下次启动；“copiesOfTheEpochKey”不为零的，以经营者销毁该密钥备份时为准）；同意、告知和处理记录依法另行保存，不含人脸信息。");
    page.put(
        "en",
        "The face templates above and their keys were destroyed; since `unfindableSince` nothing finds them. Sealed copies on worn disk blocks or in backups are unreadable from `copiesUnreadableBy` at the latest: if the server is stopped then, from its next start; if `copiesOfTheEpochKey` is not zero, once the operator has destroyed those copies. Records of consent, notice and processing are kept as the law demands and hold no face information.");
    String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(page);
    EntryId entry =
        books
            .database()
            .inTransaction(
                () ->
                    books.tell(
                        Entry.of(Kind.REQUEST_ANSWERED)
                            .fact("request", "ERASURE_CERTIFICATE")
                            .fact("certificate", id)
                            .about(person.value())));
    return new ErasureCertificate(
        id, now, json, key.sign(json), key.publicKey(), permits.published(entry));
  }

  /// A certificate as a paper to keep, with the signed text and the proofs inside.
  public Paper paper(ErasureCertificate certificate) {
    return CertificatePaper.of(certificate);
  }

  // ---- for who never agreed

  /// A signed paper for somebody who refused or merely passed by: since they came, no template was
  /// made at this checkpoint, whoever else used it.
  ///
  /// @param since within the last hour
  /// @throws RejectedRecordException `template-made` if one was, or `visit-too-long-ago`
  public Paper noTemplateMade(CheckpointId checkpoint, Instant since) {
    Instant now = books.now();
    if (since.isAfter(now) || since.isBefore(now.minus(Duration.ofHours(1)))) {
      throw new RejectedRecordException(
          "visit-too-long-ago", "a visit that began `%s` is not of the last hour".formatted(since));
    }
    long enrolments =
        books
            .database()
            .sql()
            .sql(
                """
                SELECT count(*) FROM decision
                WHERE checkpoint = :checkpoint AND verb = 'ENROL' AND at >= :since
                """)
            .param("checkpoint", checkpoint.value())
            .param("since", Books.utc(since))
            .query(Long.class)
            .single();
    if (enrolments > 0) {
      throw new RejectedRecordException(
          "template-made", "an enrolment was asked for at this checkpoint in that time");
    }
    String id = books.ids().next("crt");
    String json =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                JSON.createObjectNode()
                    .put("statement", id)
                    .put("kind", "NO_TEMPLATE_MADE")
                    .put("checkpoint", checkpoint.value())
                    .put("since", since.toString())
                    .put("until", now.toString()));
    EntryId entry =
        books
            .database()
            .inTransaction(
                () ->
                    books.tell(
                        Entry.of(Kind.REQUEST_ANSWERED)
                            .fact("request", "NO_TEMPLATE_STATEMENT")
                            .fact("checkpoint", checkpoint)));
    boolean logged = permits.published(entry);
    return CertificatePaper.noTemplate(
        new ErasureCertificate(id, now, json, key.sign(json), key.publicKey(), logged),
        places.operator(),
        since,
        books.trail().receiptText(entry));
  }

  // ---- seeing

  /// Everything that is held about a person, as JSON, without any template.
  ///
  /// law| PIPL/45: the person may look at and copy it.
  ///
  /// @throws UnknownRecordException if there is no such person
  public String export(PersonId id) {
    Person person = people.require(id);
    ObjectNode page = JSON.createObjectNode();
    page.put("person", id.value()).put("registeredAt", person.registeredAt().toString());
    page.put("state", person.state().name());
    person.reference().ifPresent(reference -> page.put("reference", reference));
    person.birthDate().ifPresent(born -> page.put("birthDate", born.toString()));
    ArrayNode given = page.putArray("consents");
    for (Consent consent : consents.of(id)) {
      ObjectNode each = given.addObject();
      each.put("consent", consent.id().value())
          .put("purpose", consent.purpose().value())
          .put("form", consent.form().name())
          .put("by", consent.by().name())
          .put("givenAt", consent.givenAt().toString())
          .put("noticeVersion", consent.noticeVersion())
          .put("channel", consent.channel());
      ArrayNode verbs = each.putArray("operations");
      consent.operations().stream().map(Enum::name).sorted().forEach(verbs::add);
      consent.withdrawnAt().ifPresent(at -> each.put("withdrawnAt", at.toString()));
    }
    ArrayNode held = page.putArray("templates");
    for (Holding holding : people.holdings(id)) {
      ObjectNode each = held.addObject();
      each.put("purpose", holding.gallery().purpose().value())
          .put("site", holding.gallery().site().value())
          .put("state", holding.state().name())
          .put("model", holding.model())
          .put("storedAt", holding.storedAt().toString())
          .put("expiresAt", holding.expiresAt().toString());
      holding.destroyedAt().ifPresent(at -> each.put("destroyedAt", at.toString()));
    }
    ArrayNode log = page.putArray("logEntries");
    books
        .trail()
        .about(id.value(), Integer.MAX_VALUE)
        .forEach(
            entry ->
                log.addObject()
                    .put("entry", entry.id().value())
                    .put("at", entry.at().toString())
                    .put("kind", entry.kind()));
    books
        .database()
        .transact(
            () ->
                books.tell(
                    Entry.of(Kind.REQUEST_ANSWERED).fact("request", "ACCESS").about(id.value())));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(page);
  }
}
