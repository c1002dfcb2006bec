package cn.mingmian.platform.consent;

import cn.mingmian.law.facts.Attribute;
import cn.mingmian.law.facts.ConsentBy;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Recovery;
import cn.mingmian.platform.audit.Tag;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;

/// The door to consents. Rows are never changed: a withdrawal is a row of its own. Thread-safe.
public final class Consents {
  private static final String SELECT =
      """
      SELECT c.*, s.version AS notice_version, w.at AS withdrawn_at, v.at AS voided_at
      FROM consent c
      JOIN notice_shown s ON s.id = c.notice_shown
      LEFT JOIN consent_withdrawal w ON w.consent = c.id
      LEFT JOIN consent_void v ON v.consent = c.id
      """;

  private final Books books;
  private final People people;
  private final Notices notices;

  public Consents(Books books, People people, Notices notices) {
    this.books = books;
    this.people = people;
    this.notices = notices;
  }

  /// Records that somebody agreed.
  ///
  /// It records what happened, also when that is no valid consent: whether it is one, the rulebook
  /// says.
  ///
  /// @return the consent and its entry; wait for that before telling the person
  /// @throws RejectedRecordException `act-already-used`, `notice-of-another-purpose`,
  ///     `consent-empty`, `evidence-missing`, `guardian-of-another-child`
  public Given give(ConsentDraft draft) {
    ConsentDraft.Act act = draft.act();
    if (draft.operations().isEmpty()) {
      throw new RejectedRecordException("consent-empty", "a consent names what it agrees to");
    }
    if (!act.evidenceHash().matches("[0-9a-f]{64}")
        || !act.documentHash().map(h -> h.matches("[0-9a-f]{64}")).orElse(true)) {
      throw new RejectedRecordException(
          "evidence-missing", "the hash of the evidence has 64 hexadecimal digits");
    }
    if (act.id().isBlank() || act.id().length() > 128) {
      throw new RejectedRecordException("act-malformed", "an act's id has 1 to 128 characters");
    }
    return books
        .database()
        .inTransaction(
            () -> {
              people.require(draft.person());
              Shown shown =
                  notices
                      .find(draft.notice())
                      .orElseThrow(
                          () -> new UnknownRecordException("notice-shown", draft.notice().value()));
              if (!shown.purpose().equals(draft.purpose())) {
                throw new RejectedRecordException(
                    "notice-of-another-purpose", "the notice shown was of another purpose");
              }
              Optional<Guardianship> relation =
                  draft
                      .guardianship()
                      .map(
                          id ->
                              guardianship(id)
                                  .orElseThrow(
                                      () ->
                                          new UnknownRecordException("guardianship", id.value())));
              if (relation.isPresent() && !relation.get().child().equals(draft.person())) {
                throw new RejectedRecordException(
                    "guardian-of-another-child", "the relation is to another child");
              }
              ConsentId id = new ConsentId(books.ids().next("con"));
              Instant now = books.now();
              EntryId entry =
                  books.tell(
                      Entry.of(Kind.CONSENT_GIVEN)
                          .fact("purpose", draft.purpose())
                          .fact("operations", draft.operations().stream().sorted().toList())
                          .fact("form", form(act))
                          .fact("noticeVersion", shown.version())
                          .fact("evidenceHash", act.evidenceHash())
                          .about(draft.person().value())
                          .sealed("consent", id.value())
                          .sealed("shown", shown.id().value())
                          .sealed("recipient", draft.recipient())
                          .sealed("by", relation.isPresent() ? "GUARDIAN" : "SELF")
                          .sealed("channel", act.channel()));
              insert(id, draft, form(act), relation, now, entry);
              return new Given(find(id).orElseThrow(), entry);
            });
  }

  /// A consent that was recorded, and its entry.
  public record Given(Consent consent, EntryId entry) {}

  /// law| MEASURES-2025/6.1, SPC-2021/4.2: separate is what stands alone and was somebody's own
  /// act.
  private static ConsentForm form(ConsentDraft.Act act) {
    if (!act.togetherWith().isEmpty()) return ConsentForm.BUNDLED;
    if (!act.explicit()) return ConsentForm.IMPLIED;
    return act.documentHash().isPresent() ? ConsentForm.WRITTEN : ConsentForm.SEPARATE;
  }

  private void insert(
      ConsentId id,
      ConsentDraft draft,
      ConsentForm form,
      Optional<Guardianship> relation,
      Instant now,
      EntryId entry) {
    ConsentDraft.Act act = draft.act();
    try {
      books
          .database()
          .sql()
          .sql(
              """
              INSERT INTO consent (id, person, purpose, operations, attributes, recipient, form,
                guardianship, guardian_verified, notice_shown, act, channel, pre_ticked, conditional,
                together_with, document_hash, evidence_hash, given_at, withdraw_secret, entry)
              VALUES (:id, :person, :purpose, CAST(:operations AS text[]),
                CAST(:attributes AS text[]), :recipient, :form, :guardianship, :verified, :shown,
                :act, :channel, :preTicked, :conditional, :together, :document, :evidence, :now,
                :secret, :entry)
              """)
          .param("id", id.value())
          .param("person", draft.person().value())
          .param("purpose", draft.purpose().value())
          .param("operations", Rows.array(draft.operations()))
          .param("attributes", Rows.array(draft.attributes()))
          .param("recipient", draft.recipient().orElse(null))
          .param("form", form.name())
          .param("guardianship", relation.map(g -> g.id().value()).orElse(null))
          .param("verified", relation.map(g -> g.stood(now)).orElse(false))
          .param("shown", draft.notice().value())
          .param("act", act.id())
          .param("channel", act.channel())
          .param("preTicked", act.preTicked())
          .param("conditional", act.otherWaysStanding() == 0)
          .param("together", String.join("; ", act.togetherWith()))
          .param("document", act.documentHash().orElse(null))
          .param("evidence", act.evidenceHash())
          .param("now", Books.utc(now))
          .param("secret", books.ids().secret())
          .param("entry", entry.value())
          .update();
    } catch (DuplicateKeyException e) {
      throw new RejectedRecordException(
          "act-already-used", "this act has agreed to something already: one act, one purpose");
    }
  }

  /// Records that somebody was asked and said no; they are not asked again soon.
  public EntryId refuse(PersonId person, PurposeId purpose) {
    return books
        .database()
        .inTransaction(
            () -> {
              people.require(person);
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO consent_refusal (person, purpose, at) VALUES (:person, :purpose, :at)
                      ON CONFLICT (person, purpose) DO UPDATE SET at = EXCLUDED.at
                      """)
                  .param("person", person.value())
                  .param("purpose", purpose.value())
                  .param("at", Books.utc(books.now()))
                  .update();
              return books.tell(
                  Entry.of(Kind.CONSENT_REFUSED).fact("purpose", purpose).about(person.value()));
            });
  }

  /// law| NDSR/22.5: when somebody last said no.
  public Optional<Instant> lastRefusedAt(PersonId person, PurposeId purpose) {
    return books
        .database()
        .sql()
        .sql("SELECT at FROM consent_refusal WHERE person = :person AND purpose = :purpose")
        .param("person", person.value())
        .param("purpose", purpose.value())
        .query((r, n) -> Rows.instant(r, "at"))
        .optional();
  }

  /// Withdraws a consent: no reason, no face, at once. Repeating it changes nothing.
  ///
  /// law| MEASURES-2025/6.3: a convenient way to withdraw. 6.4: what was done before stays done.
  ///
  /// @param channel where it happened
  public Withdrawal withdraw(ConsentId id, String channel) {
    return books
        .database()
        .inTransaction(
            () -> {
              Secret consent =
                  books
                      .database()
                      .sql()
                      .sql(
                          "SELECT person, purpose, withdraw_secret FROM consent WHERE id = :id FOR SHARE")
                      .param("id", id.value())
                      .query(
                          (r, n) ->
                              new Secret(
                                  r.getString("person"), r.getString("purpose"), r.getBytes(3)))
                      .optional()
                      .orElseThrow(() -> new UnknownRecordException("consent", id.value()));
              lock("withdrawal " + id);
              Optional<Withdrawal> before = withdrawal(id);
              if (before.isPresent()) return before.get();
              Instant now = books.now();
              EntryId entry =
                  books.tell(
                      Entry.of(Kind.CONSENT_WITHDRAWN)
                          .fact("purpose", consent.purpose)
                          .about(consent.person)
                          .sealed("consent", id.value())
                          .sealed("channel", channel)
                          .tag(Tag.of("withdrawn", consent.secret)));
              insertWithdrawal(id, now, channel, entry.value());
              return new Withdrawal(id, now, entry, false);
            });
  }

  @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
  private record Secret(String person, String purpose, byte[] secret) {}

  private void insertWithdrawal(ConsentId id, Instant at, String channel, String entry) {
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO consent_withdrawal (consent, at, channel, entry)
            VALUES (:consent, :at, :channel, :entry)
            """)
        .param("consent", id.value())
        .param("at", Books.utc(at))
        .param("channel", channel)
        .param("entry", entry)
        .update();
  }

  /// The withdrawal of a consent, if there is one.
  public Optional<Withdrawal> withdrawal(ConsentId id) {
    return books
        .database()
        .sql()
        .sql("SELECT at, entry FROM consent_withdrawal WHERE consent = :id")
        .param("id", id.value())
        .query(
            (r, n) ->
                new Withdrawal(id, Rows.instant(r, "at"), new EntryId(r.getString("entry")), true))
        .optional();
  }

  /// Records that a consent was forced or obtained by deceit, as found upon a complaint.
  ///
  /// law| SPC-2021/4.3, MEASURES-2025/12: such a consent is none.
  ///
  /// @param documentHash SHA-256 of the finding, hexadecimal
  public void declareVoid(ConsentId id, String reason, String documentHash, Actor by) {
    books
        .database()
        .transact(
            () -> {
              Consent consent =
                  find(id).orElseThrow(() -> new UnknownRecordException("consent", id.value()));
              if (consent.voidedAt().isPresent()) return;
              byte[] secret =
                  books
                      .database()
                      .sql()
                      .sql("SELECT withdraw_secret FROM consent WHERE id = :id")
                      .param("id", id.value())
                      .query((r, n) -> r.getBytes(1))
                      .single();
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO consent_void (consent, at, reason, document_hash, declared_by)
                      VALUES (:consent, :at, :reason, :hash, :by)
                      """)
                  .param("consent", id.value())
                  .param("at", Books.utc(books.now()))
                  .param("reason", reason)
                  .param("hash", documentHash)
                  .param("by", by.id())
                  .update();
              books.tell(
                  Entry.of(Kind.CONSENT_WITHDRAWN)
                      .fact("purpose", consent.purpose())
                      .fact("void", true)
                      .about(consent.person().value())
                      .sealed("consent", id.value())
                      .sealed("reason", reason)
                      .tag(Tag.of("voided", secret)));
            });
  }

  public Optional<Consent> find(ConsentId id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE c.id = :id")
        .param("id", id.value())
        .query(Consents::read)
        .optional();
  }

  /// Every consent of a person, newest first.
  public List<Consent> of(PersonId person) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE c.person = :person ORDER BY c.given_at DESC, c.id")
        .param("person", person.value())
        .query(Consents::read)
        .list();
  }

  /// The consent that a verb under a purpose would rest on: the newest that names the verb and is
  /// not withdrawn; else the newest that names it; else the newest for the purpose; else the newest
  /// at all, so that a refusal can say what was agreed to instead.
  public Optional<Consent> bearing(PersonId person, PurposeId purpose, Verb verb, Instant at) {
    List<Consent> all = of(person);
    Optional<Consent> best =
        all.stream()
            .filter(c -> c.purpose().equals(purpose) && c.operations().contains(verb))
            .filter(c -> !c.withdrawn(at) && c.voidedAt().isEmpty())
            .findFirst();
    if (best.isPresent()) return best;
    best =
        all.stream()
            .filter(c -> c.purpose().equals(purpose) && c.operations().contains(verb))
            .findFirst();
    if (best.isPresent()) return best;
    best = all.stream().filter(c -> c.purpose().equals(purpose)).findFirst();
    return best.isPresent() ? best : all.stream().findFirst();
  }

  /// People with a standing consent to a verb under a purpose: the only ones that a search may see.
  /// Every hit among them is asked of the rulebook again.
  public Set<PersonId> standing(PurposeId purpose, Verb verb) {
    return new HashSet<>(
        books
            .database()
            .sql()
            .sql(
                """
                SELECT DISTINCT c.person FROM consent c
                WHERE c.purpose = :purpose AND :verb = ANY (c.operations)
                  AND c.form IN ('SEPARATE', 'WRITTEN')
                  AND NOT EXISTS (SELECT FROM consent_withdrawal w WHERE w.consent = c.id)
                  AND NOT EXISTS (SELECT FROM consent_void v WHERE v.consent = c.id)
                """)
            .param("purpose", purpose.value())
            .param("verb", verb.name())
            .query((r, n) -> new PersonId(r.getString("person")))
            .list());
  }

  /// Whether what is kept of a person for a purpose has lost the consent that carried it: somebody
  /// agreed to its being kept, or to its being used, and no consent to that stands any more.
  ///
  /// law| MEASURES-2025/6.4, PIPL/47: each consent carries what it names. A purpose that rests on
  /// another ground has no consent to lose; who gave one there and withdraws it is taken at their
  /// word.
  public boolean groundless(PersonId person, PurposeId purpose) {
    List<Consent> all =
        of(person).stream().filter(consent -> consent.purpose().equals(purpose)).toList();
    return lost(all, Set.of(Verb.ENROL)) || lost(all, Set.of(Verb.VERIFY, Verb.IDENTIFY));
  }

  private static boolean lost(List<Consent> all, Set<Verb> verbs) {
    List<Consent> naming =
        all.stream().filter(consent -> !Collections.disjoint(consent.operations(), verbs)).toList();
    return !naming.isEmpty() && naming.stream().noneMatch(Consent::stands);
  }

  /// Withdraws again what the log tells and a restored database forgot. What was declared void is
  /// then withdrawn: it stands no more, and the finding itself has to be entered again.
  public Recovery.Reapply reapplyWithdrawals() {
    return (kind, at, tag) -> {
      if (kind != Kind.CONSENT_WITHDRAWN) return false;
      record Open(ConsentId id, Tag withdrawn, Tag voided) {}
      List<Open> open =
          books
              .database()
              .sql()
              .sql(
                  """
                  SELECT id, withdraw_secret FROM consent c
                  WHERE NOT EXISTS (SELECT FROM consent_withdrawal w WHERE w.consent = c.id)
                  """)
              .query(
                  (r, n) ->
                      new Open(
                          new ConsentId(r.getString(1)),
                          Tag.of("withdrawn", r.getBytes(2)),
                          Tag.of("voided", r.getBytes(2))))
              .list();
      for (Open o : open) {
        if (o.withdrawn().equals(tag) || o.voided().equals(tag)) {
          insertWithdrawal(o.id(), at, "recovered from the log", entryWith(tag));
          return true;
        }
      }
      return false;
    };
  }

  private String entryWith(Tag tag) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT id FROM audit_entry
            WHERE kind = 'CONSENT_WITHDRAWN' AND position(CAST(:tag AS bytea) IN entry) > 0
            """)
        .param("tag", tag.text().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .query(String.class)
        .single();
  }

  // ---- guardians

  /// Records that a member of staff saw the proof of a guardian's relation to a child.
  ///
  /// law| MEASURES-2025/7.1, PIPL/31: the parent or other guardian agrees for an under-14.
  public GuardianshipId verifyGuardian(
      PersonId child, PersonId guardian, String documentHash, Actor staff) {
    if (child.equals(guardian)) {
      throw new RejectedRecordException("own-guardian", "nobody is their own guardian");
    }
    if (!documentHash.matches("[0-9a-f]{64}")) {
      throw new RejectedRecordException(
          "document-hash-malformed", "a document's hash has 64 hexadecimal digits");
    }
    return books
        .database()
        .inTransaction(
            () -> {
              people.require(child);
              people.require(guardian);
              GuardianshipId id = new GuardianshipId(books.ids().next("grd"));
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO guardianship (id, child, guardian, document_hash, verified_by,
                        verified_at)
                      VALUES (:id, :child, :guardian, :hash, :by, :at)
                      """)
                  .param("id", id.value())
                  .param("child", child.value())
                  .param("guardian", guardian.value())
                  .param("hash", documentHash)
                  .param("by", staff.id())
                  .param("at", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.GUARDIAN_VERIFIED)
                      .about(child.value())
                      .sealed("guardian", guardian.value())
                      .sealed("by", staff.id()));
              return id;
            });
  }

  public Optional<Guardianship> guardianship(GuardianshipId id) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM guardianship WHERE id = :id")
        .param("id", id.value())
        .query(Consents::readGuardianship)
        .optional();
  }

  /// The relations of a guardian that stand.
  public List<Guardianship> guardianships(PersonId guardian) {
    return books
        .database()
        .sql()
        .sql(
            "SELECT * FROM guardianship WHERE guardian = :guardian AND ended_at IS NULL ORDER BY id")
        .param("guardian", guardian.value())
        .query(Consents::readGuardianship)
        .list();
  }

  private static Guardianship readGuardianship(ResultSet r, int n) throws SQLException {
    return new Guardianship(
        new GuardianshipId(r.getString("id")),
        new PersonId(r.getString("child")),
        new PersonId(r.getString("guardian")),
        r.getString("document_hash"),
        new Actor(r.getString("verified_by")),
        Rows.instant(r, "verified_at"),
        Rows.maybeInstant(r, "ended_at"));
  }

  private void lock(String what) {
    books
        .database()
        .sql()
        .sql("SELECT pg_advisory_xact_lock(hashtextextended(:what, 2))")
        .param("what", what)
        .query((r, n) -> "")
        .single();
  }

  private static Consent read(ResultSet r, int n) throws SQLException {
    return new Consent(
        new ConsentId(r.getString("id")),
        new PersonId(r.getString("person")),
        new PurposeId(r.getString("purpose")),
        Rows.enums(r, "operations", Verb.class),
        Rows.enums(r, "attributes", Attribute.class),
        Rows.maybeText(r, "recipient"),
        ConsentForm.valueOf(r.getString("form")),
        r.getString("guardianship") == null ? ConsentBy.SELF : ConsentBy.GUARDIAN,
        r.getBoolean("guardian_verified"),
        r.getInt("notice_version"),
        r.getBoolean("pre_ticked"),
        r.getBoolean("conditional"),
        r.getString("channel"),
        r.getString("evidence_hash"),
        Rows.instant(r, "given_at"),
        Rows.maybeInstant(r, "withdrawn_at"),
        Rows.maybeInstant(r, "voided_at"));
  }
}
