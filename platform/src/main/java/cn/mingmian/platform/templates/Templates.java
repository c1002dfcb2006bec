package cn.mingmian.platform.templates;

import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.consent.Withdrawal;
import cn.mingmian.platform.people.Gallery;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Subject;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.templates.Found.Candidate;
import cn.mingmian.vault.Binding;
import cn.mingmian.vault.Erasure;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.Held;
import cn.mingmian.vault.Hit;
import cn.mingmian.vault.KeyId;
import cn.mingmian.vault.ModelId;
import cn.mingmian.vault.Reading;
import cn.mingmian.vault.SearchResult;
import cn.mingmian.vault.TemplateId;
import cn.mingmian.vault.Vault;
import cn.mingmian.vault.VaultFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The only door to the vault. What keeps, compares, searches or destroys takes the permit for
/// exactly that, and uses it up.
///
/// Keeping: the vault first, then the commit that says who owns it. Erasing: the commit that makes
/// it unfindable first, then key and bytes. A crash in between leaves a sealed template that nobody
/// owns, or one that is condemned; [#reconcile] ends both before any face is taken. Thread-safe.
public final class Templates {
  /// The file in the vault's directory that ties it to its records.
  public static final String LINK = "records.link";

  /// How many members a search names at most.
  private static final int MOST_CANDIDATES = 5;

  private final Books books;
  private final Vault vault;
  private final People people;
  private final Consents consents;
  private final SecureRandom random;

  /// Templates that may be compared now: whoever withdraws is gone from here before the answer is
  /// out.
  private final Map<TemplateId, Owner> findable = new ConcurrentHashMap<>();

  /// Who owns a template that can be found, and whether a search may see it.
  private record Owner(PersonId person, Gallery gallery, boolean identifiable, Instant expiresAt) {
    Owner unidentifiable() {
      return new Owner(person, gallery, false, expiresAt);
    }
  }

  public Templates(
      Books books, Vault vault, People people, Consents consents, SecureRandom random) {
    this.books = books;
    this.vault = vault;
    this.people = people;
    this.consents = consents;
    this.random = random;
  }

  // ---- keeping

  /// Seals a template and makes the person its owner; returns when both are on the disk.
  ///
  /// @param permit for `ENROL` of this person
  /// @param floats of one face, native byte order; copied, and left to the caller to zero
  /// @throws NoRoomException if there is none; nothing is kept then
  public Stored store(
      Permit permit, Session session, PersonId person, Model model, MemorySegment floats) {
    permit.use(Verb.ENROL, session.purpose(), Subject.person(person), session.checkpoint());
    Instant expiresAt = permit.expiresAt();
    Gallery gallery = people.gallery(session.purpose(), session.site());
    Optional<Holding> there = people.holding(person, gallery);
    if (there.isPresent()) return already(there.get());

    TemplateId id = TemplateId.random(random);
    KeyId key = keyOf(person, session.purpose());
    try {
      vault.seal(id, key, binding(model, gallery), floats, expiresAt);
    } catch (VaultFullException full) {
      throw new NoRoomException(full);
    }
    Owner owner = new Owner(person, gallery, permit.consentCovers(Verb.IDENTIFY), expiresAt);
    Stored stored;
    try {
      stored =
          books
              .database()
              .inTransaction(() -> own(permit, id, key, person, gallery, model, expiresAt));
    } catch (RuntimeException | Error e) {
      settleUnknown(id, owner, e);
      throw e;
    }
    if (stored instanceof Stored.Kept) {
      findable.put(id, owner);
    } else {
      // Nobody owns it: it may not outlive this call. If this fails, the next start erases it.
      vault.erase(id);
    }
    return stored;
  }

  /// After a failure only the records know whether the commit came through. Without an owner the
  /// template goes now; if they cannot be asked, the next start asks them.
  private void settleUnknown(TemplateId id, Owner owner, Throwable failure) {
    try {
      Optional<String> state =
          books
              .database()
              .inTransaction(
                  () -> {
                    // The lost transaction may still run over there; its lock ends when it does.
                    books.database().sql().sql("SET LOCAL lock_timeout = '5s'").update();
                    lock(owner.person());
                    Optional<String> recorded = recordedState(id);
                    if (recorded.equals(Optional.of(Holding.State.STORED.name()))) {
                      findable.put(id, owner);
                    }
                    return recorded;
                  });
      if (state.isEmpty()) vault.erase(id);
    } catch (RuntimeException unanswered) {
      failure.addSuppressed(unanswered);
    }
  }

  private Optional<String> recordedState(TemplateId id) {
    return books
        .database()
        .sql()
        .sql("SELECT state FROM holding WHERE template = :template")
        .param("template", id.toString())
        .query(String.class)
        .optional();
  }

  private Stored own(
      Permit permit,
      TemplateId id,
      KeyId key,
      PersonId person,
      Gallery gallery,
      Model model,
      Instant expiresAt) {
    lock(person);
    // law| PIPL/15: a withdrawal that was quicker than the camera wins.
    Optional<Instant> withdrawn =
        permit.consent().flatMap(consents::withdrawal).map(Withdrawal::at);
    if (withdrawn.isPresent()) return new Stored.ConsentGone(withdrawn.get());
    Optional<Holding> there = people.holding(person, gallery);
    if (there.isPresent()) return already(there.get());

    // law| MEASURES-2025/15.1: whoever is stored is counted in the transaction that stores.
    Holding holding = people.stored(person, gallery, id.toString(), model.toString(), expiresAt);
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO template_seal (template, face_key, checkpoint, consent, identifiable, decision)
            VALUES (:template, :key, :checkpoint, :consent, :identifiable, :decision)
            """)
        .param("template", id.toString())
        .param("key", key.toString())
        .param("checkpoint", permit.checkpoint().value())
        .param("consent", permit.consent().map(ConsentId::value).orElse(null))
        .param("identifiable", permit.consentCovers(Verb.IDENTIFY))
        .param("decision", permit.decided().id())
        .update();
    EntryId entry =
        books.tell(
            Entry.of(Kind.ENROLLED)
                .fact("purpose", gallery.purpose())
                .fact("site", gallery.site())
                .fact("model", model)
                .fact("decision", permit.decided().id())
                .sealed("holding", holding.id())
                .sealed("expires", expiresAt)
                .about(person.value()));
    return new Stored.Kept(holding.storedAt(), expiresAt, entry);
  }

  private static Stored already(Holding holding) {
    return new Stored.AlreadyThere(holding.storedAt(), holding.expiresAt());
  }

  // ---- comparing

  /// Compares a face with the template of the person that was named.
  ///
  /// @param permit for `VERIFY` of this person
  /// @param probe  floats of `model`, native byte order
  public Compared compare(
      Permit permit, Session session, PersonId person, Model model, MemorySegment probe) {
    permit.use(Verb.VERIFY, session.purpose(), Subject.person(person), session.checkpoint());
    Gallery gallery = people.gallery(session.purpose(), session.site());
    Optional<Holding> found = people.holding(person, gallery);
    if (found.isEmpty()) return new Compared.NotEnrolled();
    Holding holding = found.get();
    TemplateId id = TemplateId.of(holding.template());
    if (!findable.containsKey(id)) return new Compared.NotEnrolled();
    // law| MEASURES-2025/8.2: what is past its time is not read, whether or not the sweeper came
    // by.
    if (!books.now().isBefore(holding.expiresAt()))
      return new Compared.Expired(holding.expiresAt());
    if (!holding.model().equals(model.toString())) {
      return new Compared.OtherModel(holding.model(), model.toString());
    }
    return switch (vault.compare(id, binding(model, gallery), probe)) {
      case Reading.Read<Double> read -> new Compared.Score(read.value());
      case Reading.Expired<Double> expired -> new Compared.Expired(expired.expiredAt());
      case Reading.NotHeld<Double> gone ->
          new Compared.Damaged("the records own it and the vault does not hold it");
      case Reading.OtherBinding<Double> other ->
          new Compared.Damaged("it was sealed for purpose `%s`".formatted(other.found().purpose()));
      case Reading.Damaged<Double> damaged -> new Compared.Damaged(damaged.detail());
    };
  }

  /// Searches the session's gallery, and in it only members who agreed to be searched for.
  ///
  /// @param permit    for `IDENTIFY` in this session
  /// @param threshold cosine; candidates have at least this
  public Found search(
      Permit permit, Session session, Model model, MemorySegment probe, double threshold) {
    permit.use(
        Verb.IDENTIFY, session.purpose(), Subject.session(session.id()), session.checkpoint());
    Instant now = books.now();
    Gallery gallery = people.gallery(session.purpose(), session.site());
    SearchResult result =
        vault.search(
            GalleryId.of(gallery.vaultId()),
            new ModelId(model.name(), model.version()),
            probe,
            MOST_CANDIDATES,
            threshold,
            id -> visible(id, now));
    List<Candidate> candidates = new ArrayList<>();
    for (Hit hit : result.hits()) {
      // Whoever withdrew during the search is not a candidate any more.
      Optional.ofNullable(findable.get(hit.template()))
          .ifPresent(
              owner ->
                  candidates.add(
                      new Candidate(owner.person(), hit.template().toString(), hit.cosine())));
    }
    return new Found(candidates, searchable(session), result.damaged().size());
  }

  private boolean visible(TemplateId id, Instant now) {
    Owner owner = findable.get(id);
    return owner != null && owner.identifiable() && now.isBefore(owner.expiresAt());
  }

  /// Names a candidate, if the person can still be found.
  ///
  /// @param permit for `IDENTIFY` of this member
  /// @return empty if the template went in the meantime: the answer is then *unknown*
  public Optional<Candidate> name(Permit permit, Session session, Candidate candidate) {
    permit.use(
        Verb.IDENTIFY, session.purpose(), Subject.person(candidate.person()), session.checkpoint());
    return Optional.of(candidate).filter(c -> visible(TemplateId.of(c.template()), books.now()));
  }

  /// How many members a search in this session may see; the rate for a whole gallery depends on it.
  public int searchable(Session session) {
    Instant now = books.now();
    int members = 0;
    for (Owner owner : findable.values()) {
      if (owner.identifiable()
          && owner.gallery().purpose().equals(session.purpose())
          && owner.gallery().site().equals(session.site())
          && now.isBefore(owner.expiresAt())) {
        members++;
      }
    }
    return members;
  }

  // ---- forgetting

  /// Makes the templates of a person unfindable at once. Needs no permit: nothing is done to a face
  /// by it, and nothing may stand in its way.
  ///
  /// @param purpose empty hides all purposes
  public void hide(PersonId person, Optional<PurposeId> purpose) {
    findable
        .values()
        .removeIf(
            owner ->
                owner.person().equals(person)
                    && purpose.map(owner.gallery().purpose()::equals).orElse(true));
  }

  /// Lets no search see what is kept of a person any more, where no consent to being searched for
  /// stands; what was named in another consent stays comparable.
  public void narrow(PersonId person, PurposeId purpose) {
    if (consents.standing(purpose, Verb.IDENTIFY).contains(person)) return;
    findable.replaceAll(
        (id, owner) ->
            owner.person().equals(person) && owner.gallery().purpose().equals(purpose)
                ? owner.unidentifiable()
                : owner);
  }

  /// Destroys key and bytes of what is kept of a person for one purpose, at all sites; returns when
  /// the disk has forgotten it. From the first moment on nothing finds it.
  ///
  /// @param permit for `ERASE` of this person
  /// @param reason `withdrawn`, `expired`, `requested`
  public ErasedTemplates erase(
      Permit permit, PersonId person, PurposeId purpose, CheckpointId checkpoint, String reason) {
    permit.use(Verb.ERASE, purpose, Subject.person(person), checkpoint);
    books
        .database()
        .transact(
            () -> {
              lock(person);
              for (Holding holding : of(person, purpose, Holding.State.STORED)) {
                people.beginErasure(holding.id(), reason);
                books
                    .database()
                    .sql()
                    .sql("UPDATE template_seal SET reason = :reason WHERE template = :template")
                    .param("reason", reason)
                    .param("template", holding.template())
                    .update();
              }
            });
    hide(person, Optional.of(purpose));
    List<ErasedTemplates.One> done = new ArrayList<>();
    for (Holding holding : of(person, purpose, Holding.State.ERASING)) done.add(destroy(holding));
    return new ErasedTemplates(person, purpose, done);
  }

  /// Destroys what is condemned; may be called again after any failure.
  private ErasedTemplates.One destroy(Holding holding) {
    Erasure erasure = vault.erase(TemplateId.of(holding.template()));
    return books.database().inTransaction(() -> destroyed(holding, erasure));
  }

  private ErasedTemplates.One destroyed(Holding holding, Erasure erasure) {
    Erasure.Done evidence =
        switch (erasure) {
          case Erasure.Done done -> done;
          // The bytes are not there: the vault was lost, or restored from before the enrolment.
          case Erasure.NotHeld gone ->
              new Erasure.Done(gone.target(), 0, 0, 0, books.now(), books.now(), 0);
        };
    EntryId entry = people.destroyed(holding.id());
    books
        .database()
        .sql()
        .sql(
            """
            UPDATE template_seal SET keys_erased = :keys, bytes_erased = :bytes, epoch = :epoch,
              erasure = :entry WHERE template = :template
            """)
        .param("keys", evidence.keys())
        .param("bytes", evidence.bytes())
        .param("epoch", evidence.epoch())
        .param("entry", entry.value())
        .param("template", holding.template())
        .update();
    return erasure(holding.template()).orElseThrow();
  }

  /// What the destruction of templates of this person left as evidence, newest first.
  public List<ErasedTemplates.One> erasures(PersonId person) {
    return people.holdings(person).stream()
        .filter(holding -> holding.state() == Holding.State.DESTROYED)
        .flatMap(holding -> erasure(holding.template()).stream())
        .toList();
  }

  private Optional<ErasedTemplates.One> erasure(String template) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT g.site, h.stored_at, s.reason, h.erasing_at, h.destroyed_at, s.keys_erased,
              s.bytes_erased, s.epoch, s.erasure
            FROM template_seal s JOIN holding h ON h.template = s.template
              JOIN gallery g ON g.vault_id = h.gallery
            WHERE s.template = :template AND h.state = 'DESTROYED'
            """)
        .param("template", template)
        .query(
            (r, n) ->
                new ErasedTemplates.One(
                    new SiteId(r.getString("site")),
                    instant(r, "stored_at"),
                    Optional.ofNullable(r.getString("reason")).orElse("recovered"),
                    instant(r, "erasing_at"),
                    instant(r, "destroyed_at"),
                    r.getInt("keys_erased"),
                    r.getLong("bytes_erased"),
                    r.getLong("epoch"),
                    new EntryId(r.getString("erasure"))))
        .optional();
  }

  private static Instant instant(java.sql.ResultSet r, String column) throws java.sql.SQLException {
    return r.getObject(column, java.time.OffsetDateTime.class).toInstant();
  }

  // ---- what is held

  /// Where a person was enrolled for a purpose; empty if nothing is or was kept.
  public Optional<CheckpointId> enrolledAt(PersonId person, PurposeId purpose) {
    return people.holdings(person).stream()
        .filter(holding -> holding.gallery().purpose().equals(purpose))
        .findFirst()
        .flatMap(
            holding ->
                books
                    .database()
                    .sql()
                    .sql("SELECT checkpoint FROM template_seal WHERE template = :template")
                    .param("template", holding.template())
                    .query(String.class)
                    .optional())
        .map(CheckpointId::new);
  }

  private List<Holding> of(PersonId person, PurposeId purpose, Holding.State state) {
    return people.holdings(person).stream()
        .filter(h -> h.gallery().purpose().equals(purpose) && h.state() == state)
        .toList();
  }

  // ---- start

  /// What a start had to put in order.
  ///
  /// @param findable templates that can be found
  /// @param orphans  sealed templates without an owner, erased
  /// @param finished condemned templates, destroyed
  /// @param missing  owned templates that the vault does not hold: those people have to be captured
  ///     again
  public record Reconciled(int findable, int orphans, int finished, int missing) {}

  /// Brings vault and records together after a stop or a crash; nothing may be kept or compared
  /// before.
  ///
  /// @param vaultDirectory where the token lies that ties the vault to its records
  /// @throws StoresDoNotMatchException if these records belong to another vault; nothing is changed
  ///     then
  public Reconciled reconcile(Path vaultDirectory) {
    requireSameVault(vaultDirectory);
    // Nobody is found while this runs; whoever may be is put back at its end.
    findable.clear();
    Set<String> owned = people.ownedTemplates();
    Set<String> held = new HashSet<>();
    int orphans = 0;
    for (Held one : vault.list()) {
      if (owned.contains(one.template().toString())) {
        held.add(one.template().toString());
      } else {
        vault.erase(one.template());
        orphans++;
      }
    }
    int finished = 0;
    for (Holding holding : people.unfinishedErasures()) {
      destroy(holding);
      finished++;
    }
    int missing = 0;
    Set<String> identifiable = identifiable();
    for (Gallery gallery : people.galleries()) {
      Set<PersonId> searchedFor = consents.standing(gallery.purpose(), Verb.IDENTIFY);
      for (Holding holding : people.members(gallery)) {
        if (!held.contains(holding.template())) {
          missing++;
          continue;
        }
        findable.put(
            TemplateId.of(holding.template()),
            new Owner(
                holding.person(),
                gallery,
                identifiable.contains(holding.template()) && searchedFor.contains(holding.person()),
                holding.expiresAt()));
      }
    }
    return new Reconciled(findable.size(), orphans, finished, missing);
  }

  private Set<String> identifiable() {
    return Set.copyOf(
        books
            .database()
            .sql()
            .sql("SELECT template FROM template_seal WHERE identifiable AND erasure IS NULL")
            .query(String.class)
            .list());
  }

  private void requireSameVault(Path vaultDirectory) {
    Path file = vaultDirectory.resolve(LINK);
    try {
      Optional<String> inRecords =
          books.database().sql().sql("SELECT token FROM vault_link").query(String.class).optional();
      Optional<String> inVault = tokenIn(file);
      if (inRecords.isPresent() && inRecords.equals(inVault)) return;
      List<Held> held = vault.list();
      // Both new, or a first start that was killed between the file and the row.
      if (inRecords.isEmpty() && held.isEmpty()) {
        String token = inVault.orElseGet(() -> books.ids().next("lnk"));
        if (inVault.isEmpty()) writeToken(file, token);
        books
            .database()
            .sql()
            .sql("INSERT INTO vault_link (token) VALUES (:token)")
            .param("token", token)
            .update();
        return;
      }
      boolean emptied = inVault.isEmpty() && Files.exists(file);
      // A power cut emptied the file. A template that both know proves that they belong together.
      if (inRecords.isPresent() && emptied && share(held)) {
        writeToken(file, inRecords.get());
        return;
      }
      throw new StoresDoNotMatchException(
          emptied
              ? "vault `%s` holds %d templates, its `%s` is empty, and these records own none of them: start with the database that it was kept with, or restore both"
                  .formatted(vaultDirectory, held.size(), LINK)
              : "vault `%s` holds %d templates and does not belong to these records: start with the database that it was kept with, or restore both"
                  .formatted(vaultDirectory, held.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("token `%s` cannot be read or written".formatted(file), e);
    }
  }

  private boolean share(List<Held> held) {
    Set<String> owned = people.ownedTemplates();
    return held.isEmpty()
        ? owned.isEmpty()
        : held.stream().anyMatch(one -> owned.contains(one.template().toString()));
  }

  private static Optional<String> tokenIn(Path file) throws IOException {
    if (!Files.exists(file)) return Optional.empty();
    String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return Optional.of(token).filter(t -> !t.isEmpty());
  }

  /// Whole or not at all, and it survives a power cut once this returns.
  private static void writeToken(Path file, String token) throws IOException {
    Path part = file.resolveSibling(LINK + ".part");
    Files.writeString(part, token + "\n", StandardCharsets.US_ASCII);
    force(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(file.toAbsolutePath().getParent());
  }

  private static void force(@Nullable Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(Objects.requireNonNull(path), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  // ---- keys and names

  /// One key a person and purpose: the same for every site, a new one after an erasure.
  private KeyId keyOf(PersonId person, PurposeId purpose) {
    return of(person, purpose, Holding.State.STORED).stream()
        .findFirst()
        .map(
            holding ->
                KeyId.of(
                    books
                        .database()
                        .sql()
                        .sql("SELECT face_key FROM template_seal WHERE template = :template")
                        .param("template", holding.template())
                        .query(String.class)
                        .single()))
        .orElseGet(() -> KeyId.random(random));
  }

  private static Binding binding(Model model, Gallery gallery) {
    return new Binding(
        new ModelId(model.name(), model.version()),
        gallery.purpose().value(),
        GalleryId.of(gallery.vaultId()));
  }

  /// Enrolment and erasure of one person do not pass each other.
  private void lock(PersonId person) {
    books
        .database()
        .sql()
        .sql("SELECT pg_advisory_xact_lock(hashtextextended(:person, 4104))")
        .param("person", person.value())
        .query((r, n) -> "")
        .single();
  }
}
