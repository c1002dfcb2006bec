package cn.mingmian.platform.people;

import cn.mingmian.law.facts.LifeState;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Recovery;
import cn.mingmian.platform.audit.Tag;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.StaleVersionException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/// The door to people and to what is held of them. Thread-safe.
public final class People {
  private static final String HOLDING =
      """
      SELECT h.*, g.purpose, g.site, g.vault_id
      FROM holding h JOIN gallery g ON g.vault_id = h.gallery
      """;

  private final Books books;
  private final List<StoredPersons> watchers = new CopyOnWriteArrayList<>();

  public People(Books books) {
    this.books = books;
  }

  /// Is told, in the same transaction, how many distinct persons are stored after a change.
  @FunctionalInterface
  public interface StoredPersons {
    void changed(long storedPersons);
  }

  /// Adds a watcher of the number of stored persons; for the wiring.
  public void watch(StoredPersons watcher) {
    watchers.add(watcher);
  }

  // ---- people

  /// Registers somebody.
  ///
  /// @throws RejectedRecordException `reference-is-identity-number`, `reference-is-address`,
  ///     `reference-malformed`, `reference-taken`, `birth-date-out-of-range`
  public Person register(Optional<String> reference, Optional<LocalDate> birthDate, Actor by) {
    reference.ifPresent(IdentityFree::check);
    birthDate.ifPresent(this::refuseImpossible);
    return books
        .database()
        .inTransaction(
            () -> {
              Person person =
                  new Person(
                      new PersonId(books.ids().next("per")),
                      1,
                      reference,
                      birthDate,
                      LifeState.LIVING,
                      books.now());
              insert(person);
              books.tell(
                  Entry.of(Kind.PERSON_REGISTERED)
                      .about(person.id().value())
                      .sealed("birthDate", birthDate)
                      .sealed("by", by.id()));
              return person;
            });
  }

  /// Corrects reference, birth date or state.
  ///
  /// @throws StaleVersionException if the person was changed since `from`
  public Person change(
      PersonId id,
      int from,
      Optional<String> reference,
      Optional<LocalDate> birthDate,
      LifeState state,
      Actor by) {
    reference.ifPresent(IdentityFree::check);
    birthDate.ifPresent(this::refuseImpossible);
    return books
        .database()
        .inTransaction(
            () -> {
              int changed;
              try {
                changed =
                    books
                        .database()
                        .sql()
                        .sql(
                            """
                            UPDATE person SET version = version + 1, reference = :reference,
                              birth_date = :birth, state = :state
                            WHERE id = :id AND version = :from
                            """)
                        .param("reference", reference.orElse(null))
                        .param("birth", birthDate.orElse(null))
                        .param("state", state.name())
                        .param("id", id.value())
                        .param("from", from)
                        .update();
              } catch (DuplicateKeyException e) {
                throw referenceTaken();
              }
              Person now = require(id);
              if (changed == 0) {
                throw new StaleVersionException("person", id.value(), from, now.version());
              }
              books.tell(
                  Entry.of(Kind.PERSON_CHANGED)
                      .about(id.value())
                      .sealed("version", now.version())
                      .sealed("birthDate", birthDate)
                      .sealed("state", state)
                      .sealed("by", by.id()));
              return now;
            });
  }

  public Optional<Person> find(PersonId id) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM person WHERE id = :id")
        .param("id", id.value())
        .query(People::readPerson)
        .optional();
  }

  public Optional<Person> byReference(String reference) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM person WHERE reference = :reference")
        .param("reference", reference)
        .query(People::readPerson)
        .optional();
  }

  /// @throws UnknownRecordException if there is no such person
  public Person require(PersonId id) {
    return find(id).orElseThrow(() -> new UnknownRecordException("person", id.value()));
  }

  /// People after an id, in the order of their random ids.
  public List<Person> page(String after, int atMost) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM person WHERE id > :after ORDER BY id LIMIT :most")
        .param("after", after)
        .param("most", atMost)
        .query(People::readPerson)
        .list();
  }

  // ---- galleries

  /// The gallery of a purpose at a site; begun if there is none.
  public Gallery gallery(PurposeId purpose, SiteId site) {
    return books
        .database()
        .inTransaction(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO gallery (vault_id, purpose, site, begun_at)
                      VALUES (:vault, :purpose, :site, :now)
                      ON CONFLICT (purpose, site) DO NOTHING
                      """)
                  .param("vault", HexFormat.of().formatHex(books.ids().secret()).substring(0, 32))
                  .param("purpose", purpose.value())
                  .param("site", site.value())
                  .param("now", Books.utc(books.now()))
                  .update();
              return galleries().stream()
                  .filter(g -> g.purpose().equals(purpose) && g.site().equals(site))
                  .findFirst()
                  .orElseThrow();
            });
  }

  public List<Gallery> galleries() {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM gallery ORDER BY begun_at, vault_id")
        .query(People::readGallery)
        .list();
  }

  // ---- what is held

  /// Records that a template was stored; part of the caller's transaction.
  ///
  /// @param template 32 hexadecimal digits
  /// @throws RejectedRecordException `already-enrolled` if one of this person is in the gallery
  public Holding stored(
      PersonId person, Gallery gallery, String template, String model, Instant expiresAt) {
    books.database().requireTransaction("storing a template");
    if (!template.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a template id has 32 hexadecimal digits");
    }
    Holding holding =
        new Holding(
            new HoldingId(books.ids().next("hol")),
            person,
            gallery,
            template,
            model,
            Holding.State.STORED,
            books.now(),
            expiresAt,
            Optional.empty(),
            Optional.empty(),
            books.ids().secret());
    lockCount();
    // Asked first: a failed insert would spoil the caller's transaction.
    boolean there =
        books
            .database()
            .sql()
            .sql(
                """
                SELECT id FROM holding
                WHERE person = :person AND gallery = :gallery AND state = 'STORED'
                """)
            .param("person", person.value())
            .param("gallery", gallery.vaultId())
            .query(String.class)
            .optional()
            .isPresent();
    if (there) {
      throw new RejectedRecordException(
          "already-enrolled",
          "this person is enrolled in this gallery already: erase that template first");
    }
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO holding (id, person, gallery, template, model, state, stored_at, expires_at,
              erase_secret)
            VALUES (:id, :person, :gallery, :template, :model, 'STORED', :at, :expires, :secret)
            """)
        .param("id", holding.id().value())
        .param("person", person.value())
        .param("gallery", gallery.vaultId())
        .param("template", template)
        .param("model", model)
        .param("at", Books.utc(holding.storedAt()))
        .param("expires", Books.utc(expiresAt))
        .param("secret", holding.eraseSecret())
        .update();
    tellWatchers();
    return holding;
  }

  /// Commits to an erasure: from the caller's commit on nothing finds the template any more. Key
  /// and bytes are destroyed afterwards, and at the next start if the process dies in between.
  ///
  /// @param why one word for the log, such as `withdrawn` or `expired`
  /// @return empty if it was being erased already
  public Optional<EntryId> beginErasure(HoldingId id, String why) {
    books.database().requireTransaction("beginning an erasure");
    Holding holding = lockHolding(id);
    if (holding.state() != Holding.State.STORED) return Optional.empty();
    setErasing(id, books.now());
    return Optional.of(
        books.tell(
            Entry.of(Kind.ERASURE_BEGUN)
                .fact("why", why)
                .about(holding.person().value())
                .sealed("holding", id.value())
                .tag(Tag.of("erased", holding.eraseSecret()))));
  }

  /// Records that key and bytes are gone; part of the caller's transaction. Until then the person
  /// counts as stored.
  public EntryId destroyed(HoldingId id) {
    books.database().requireTransaction("recording a destruction");
    lockCount();
    Holding holding = lockHolding(id);
    if (holding.state() != Holding.State.ERASING) {
      throw new RejectedRecordException(
          "not-being-erased", "holding `%s` is `%s`".formatted(id, holding.state()));
    }
    books
        .database()
        .sql()
        .sql("UPDATE holding SET state = 'DESTROYED', destroyed_at = :now WHERE id = :id")
        .param("now", Books.utc(books.now()))
        .param("id", id.value())
        .update();
    tellWatchers();
    return books.tell(
        Entry.of(Kind.ERASED).about(holding.person().value()).sealed("holding", id.value()));
  }

  public Optional<Holding> holding(HoldingId id) {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.id = :id")
        .param("id", id.value())
        .query(People::readHolding)
        .optional();
  }

  /// Everything that is or was held of a person, newest first.
  public List<Holding> holdings(PersonId person) {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.person = :person ORDER BY h.stored_at DESC, h.id")
        .param("person", person.value())
        .query(People::readHolding)
        .list();
  }

  /// The template of a person in a gallery, unless it is being erased.
  public Optional<Holding> holding(PersonId person, Gallery gallery) {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.person = :person AND h.gallery = :gallery AND h.state = 'STORED'")
        .param("person", person.value())
        .param("gallery", gallery.vaultId())
        .query(People::readHolding)
        .optional();
  }

  /// Whose template this is, unless it is being erased.
  public Optional<Holding> byTemplate(String template) {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.template = :template AND h.state = 'STORED'")
        .param("template", template)
        .query(People::readHolding)
        .optional();
  }

  /// Who is stored in a gallery now.
  public List<Holding> members(Gallery gallery) {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.gallery = :gallery AND h.state = 'STORED' ORDER BY h.id")
        .param("gallery", gallery.vaultId())
        .query(People::readHolding)
        .list();
  }

  /// Templates whose time is over and that nobody began to erase.
  public List<Holding> expired(Instant at, int atMost) {
    return books
        .database()
        .sql()
        .sql(
            HOLDING
                + " WHERE h.state = 'STORED' AND h.expires_at <= :at"
                + " ORDER BY h.expires_at, h.id LIMIT :most")
        .param("at", Books.utc(at))
        .param("most", atMost)
        .query(People::readHolding)
        .list();
  }

  /// Erasures that were committed and not finished.
  public List<Holding> unfinishedErasures() {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.state = 'ERASING' ORDER BY h.erasing_at, h.id")
        .query(People::readHolding)
        .list();
  }

  /// Every template with a committed owner, those being erased included: what the vault holds
  /// beyond these belongs to nobody.
  public Set<String> ownedTemplates() {
    return new TreeSet<>(
        books
            .database()
            .sql()
            .sql("SELECT template FROM holding WHERE state <> 'DESTROYED'")
            .query(String.class)
            .list());
  }

  /// law| MEASURES-2025/15.1: distinct persons whose face information is stored. Who is being
  /// erased counts until the destruction is recorded.
  public long storedPersons() {
    return books
        .database()
        .sql()
        .sql("SELECT count(DISTINCT person) FROM holding WHERE state <> 'DESTROYED'")
        .query(Long.class)
        .single();
  }

  /// The same count as it was at an instant.
  public long storedPersonsAt(Instant at) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT count(DISTINCT person) FROM holding
            WHERE stored_at <= :at AND (destroyed_at IS NULL OR destroyed_at > :at)
            """)
        .param("at", Books.utc(at))
        .query(Long.class)
        .single();
  }

  /// Whether a person counts as stored.
  public boolean isStored(PersonId person) {
    return books
            .database()
            .sql()
            .sql("SELECT count(*) FROM holding WHERE person = :p AND state <> 'DESTROYED'")
            .param("p", person.value())
            .query(Long.class)
            .single()
        > 0;
  }

  /// Begins erasures again that the log tells and a restored database forgot.
  public Recovery.Reapply reapplyErasures() {
    return (kind, at, tag) -> {
      if (kind != Kind.ERASURE_BEGUN) return false;
      for (Holding h : storedOnes()) {
        if (Tag.of("erased", h.eraseSecret()).equals(tag)) {
          setErasing(h.id(), at);
          return true;
        }
      }
      return false;
    };
  }

  private List<Holding> storedOnes() {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.state = 'STORED'")
        .query(People::readHolding)
        .list();
  }

  private void setErasing(HoldingId id, Instant at) {
    books
        .database()
        .sql()
        .sql("UPDATE holding SET state = 'ERASING', erasing_at = :at WHERE id = :id")
        .param("at", Books.utc(at))
        .param("id", id.value())
        .update();
  }

  /// One change of the number at a time, so that each transaction sees what it crosses.
  private void lockCount() {
    books
        .database()
        .sql()
        .sql("SELECT pg_advisory_xact_lock(hashtext('stored persons'))")
        .query((r, n) -> "")
        .single();
  }

  private void tellWatchers() {
    if (watchers.isEmpty()) return;
    long stored = storedPersons();
    watchers.forEach(w -> w.changed(stored));
  }

  private Holding lockHolding(HoldingId id) {
    return books
        .database()
        .sql()
        .sql(HOLDING + " WHERE h.id = :id FOR UPDATE OF h")
        .param("id", id.value())
        .query(People::readHolding)
        .optional()
        .orElseThrow(() -> new UnknownRecordException("holding", id.value()));
  }

  private void insert(Person p) {
    try {
      books
          .database()
          .sql()
          .sql(
              """
              INSERT INTO person (id, version, reference, birth_date, state, registered_at)
              VALUES (:id, 1, :reference, :birth, :state, :at)
              """)
          .param("id", p.id().value())
          .param("reference", p.reference().orElse(null))
          .param("birth", p.birthDate().orElse(null))
          .param("state", p.state().name())
          .param("at", Books.utc(p.registeredAt()))
          .update();
    } catch (DuplicateKeyException e) {
      throw referenceTaken();
    }
  }

  private static RejectedRecordException referenceTaken() {
    return new RejectedRecordException(
        "reference-taken", "another person is registered under this reference");
  }

  private void refuseImpossible(LocalDate birthDate) {
    LocalDate today = books.today();
    if (birthDate.isAfter(today) || birthDate.isBefore(today.minusYears(130))) {
      throw new RejectedRecordException(
          "birth-date-out-of-range", "a birth date lies between 130 years ago and today");
    }
  }

  private static Person readPerson(ResultSet r, int n) throws SQLException {
    return new Person(
        new PersonId(r.getString("id")),
        r.getInt("version"),
        Rows.maybeText(r, "reference"),
        Rows.maybeDate(r, "birth_date"),
        LifeState.valueOf(r.getString("state")),
        Rows.instant(r, "registered_at"));
  }

  private static Gallery readGallery(ResultSet r, int n) throws SQLException {
    return new Gallery(
        new PurposeId(r.getString("purpose")),
        new SiteId(r.getString("site")),
        r.getString("vault_id"));
  }

  private static Holding readHolding(ResultSet r, int n) throws SQLException {
    byte @Nullable [] secret = r.getBytes("erase_secret");
    return new Holding(
        new HoldingId(r.getString("id")),
        new PersonId(r.getString("person")),
        readGallery(r, n),
        r.getString("template"),
        r.getString("model"),
        Holding.State.valueOf(r.getString("state")),
        Rows.instant(r, "stored_at"),
        Rows.instant(r, "expires_at"),
        Rows.maybeInstant(r, "erasing_at"),
        Rows.maybeInstant(r, "destroyed_at"),
        secret == null ? new byte[0] : secret);
  }
}
