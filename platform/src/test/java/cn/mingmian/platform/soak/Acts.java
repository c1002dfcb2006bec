package cn.mingmian.platform.soak;

import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.ledger.Ed25519Signer;
import cn.mingmian.ledger.TransparencyLog;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.consent.Withdrawal;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.people.Gallery;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.SomeTerms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.vault.Binding;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.Held;
import cn.mingmian.vault.KeyId;
import cn.mingmian.vault.ModelId;
import cn.mingmian.vault.Reading;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.TemplateId;
import cn.mingmian.vault.Vault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The durable half of the product in one data directory: people, consents, templates, the log.
///
/// Enrolment and erasure keep the order that durability rests on: the template is sealed before its
/// owner is committed; the erasure is committed before key and bytes are destroyed. What a kill
/// leaves in between is put in order when this is opened. Thread-safe.
final class Acts implements AutoCloseable {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");
  private static final ModelId MODEL = new ModelId("soak", "1");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DIMENSIONS = 64;

  private final SecureRandom random = new SecureRandom();
  private final AtomicLong acts = new AtomicLong();
  private final RootKey root;
  private final Vault vault;
  private final Database database;
  private final Books books;
  private final Purposes purposes;
  private final Places places;
  private final People people;
  private final Notices notices;
  private final Consents consents;
  final VerifierKey logKey;
  final AuditTrail trail;
  private final PurposeId purpose;
  private final SiteId site;
  private final Gallery gallery;

  /// What opening had to put in order.
  final String reconciled;

  /// Owned templates that the vault does not hold.
  final int missing;

  Acts(Path data) throws IOException {
    Files.createDirectories(data);
    database = Database.embedded(data, random);
    Ids ids = new Ids(random);
    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(data.resolve("log.pem"), "soak.example/gate", random);
    logKey = signer.verifierKey();
    trail =
        AuditTrail.open(
            database,
            () -> TransparencyLog.open(data.resolve("log"), signer),
            Clock.systemUTC(),
            ids);
    books = new Books(database, trail, Clock.systemUTC(), ids);
    purposes = new Purposes(books);
    places = new Places(books, new Statements(books));
    people = new People(books);
    notices = new Notices(books, purposes, places);
    consents = new Consents(books, people, notices);
    Path rootFile = data.resolve("root.key");
    root =
        Files.exists(rootFile) ? RootKey.fromFile(rootFile) : RootKey.createFile(rootFile, random);
    vault = Vault.open(data.resolve("vault"), root, random, InstantSource.system());
    Path known = data.resolve("gate");
    if (!Files.exists(known)) {
      Files.writeString(known, setUp());
    }
    List<String> gate = Files.readAllLines(known);
    purpose = new PurposeId(gate.get(0));
    site = new SiteId(gate.get(1));
    gallery = people.gallery(purpose, site);

    Set<String> owned = people.ownedTemplates();
    int orphans = 0;
    Set<String> held = new HashSet<>();
    for (Held one : vault.list()) {
      if (owned.contains(one.template().toString())) {
        held.add(one.template().toString());
      } else {
        vault.erase(one.template());
        orphans++;
      }
    }
    List<Holding> unfinished = people.unfinishedErasures();
    unfinished.forEach(this::destroy);
    missing =
        (int)
            people.members(gallery).stream()
                .filter(holding -> !held.contains(holding.template()))
                .count();
    reconciled =
        "orphans %d, erasures finished %d, missing %d"
            .formatted(orphans, unfinished.size(), missing);
  }

  /// A place, its purpose and its notice; repeated from the start if a kill came in between.
  private String setUp() {
    places.recordOperator(
        places.operator().map(o -> o.version()).orElse(0),
        "南苑物业",
        "privacy@example.cn",
        "",
        ProcessorKind.PROPERTY_MANAGER,
        true,
        "李",
        ANNA);
    SiteId newSite = places.addSite("南苑", Territory.CN, Optional.of(Province.SHANGHAI), ANNA);
    PurposeId newPurpose = purposes.draft(SomeTerms.gate(Rung.CLOSED_GROUP), ANNA);
    purposes.approve(newPurpose, 1, BO);
    notices.publish(newPurpose, newSite, notices.write(newPurpose, newSite, ANNA), BO);
    return newPurpose.value() + "\n" + newSite.value() + "\n";
  }

  /// An enrolment that was answered with success.
  record Enrolled(PersonId person, ConsentId consent, TemplateId template, EntryId entry) {}

  /// Registers somebody, records the consent and keeps a template; returns when all of it is
  /// durable and in the log.
  Enrolled enrol() {
    PersonId person = people.register(Optional.empty(), Optional.empty(), ANNA).id();
    Shown shown =
        notices.show(purpose, site, Shown.Channel.PORTAL, Optional.empty(), Optional.of(person));
    Consents.Given given =
        consents.give(
            new ConsentDraft(
                person,
                purpose,
                Set.of(Verb.CAPTURE, Verb.ENROL, Verb.VERIFY),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                shown.id(),
                new ConsentDraft.Act(
                    "act-%d-%d".formatted(ProcessHandle.current().pid(), acts.incrementAndGet())
                        + "-"
                        + System.nanoTime(),
                    "portal",
                    true,
                    false,
                    List.of(),
                    2,
                    Optional.empty(),
                    "ef".repeat(32))));
    TemplateId template = TemplateId.random(random);
    Instant expiresAt = Instant.now().plus(Duration.ofDays(30));
    try (Arena arena = Arena.ofConfined()) {
      vault.seal(template, KeyId.random(random), binding(), floats(template, arena), expiresAt);
    }
    EntryId entry =
        database.inTransaction(
            () -> {
              people.stored(person, gallery, template.toString(), "soak@1", expiresAt);
              return books.tell(Entry.of(Kind.ENROLLED).about(person.value()));
            });
    publish(entry);
    return new Enrolled(person, given.consent().id(), template, entry);
  }

  /// Withdraws; returns when it is durable and in the log.
  EntryId withdraw(ConsentId consent) {
    Withdrawal withdrawal = consents.withdraw(consent, "portal");
    publish(withdrawal.entry());
    return withdrawal.entry();
  }

  /// Destroys what is kept of somebody; returns when the disk has forgotten it.
  EntryId erase(PersonId person) {
    Holding holding = people.holding(person, gallery).orElseThrow();
    database.transact(() -> people.beginErasure(holding.id(), "withdrawn"));
    EntryId entry = destroy(holding);
    publish(entry);
    return entry;
  }

  private EntryId destroy(Holding holding) {
    vault.erase(TemplateId.of(holding.template()));
    return database.inTransaction(() -> people.destroyed(holding.id()));
  }

  private void publish(EntryId entry) {
    if (!trail.awaitPublished(entry, PATIENCE)) {
      throw new NotPublished(entry);
    }
  }

  /// Committed and not yet in the log: not acknowledged.
  static final class NotPublished extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPublished(EntryId entry) {
      super("entry `%s` was not published in time".formatted(entry));
    }
  }

  /// Whether an operation failed because the database went away, which the load survives.
  static boolean databaseWentAway(RuntimeException e) {
    return e instanceof NotPublished
        || e instanceof DatabaseException
        || e instanceof org.springframework.dao.DataAccessException
        || e instanceof org.springframework.transaction.TransactionException;
  }

  // ---- what is there

  /// Whether the template is owned, held, and still the one that was sealed.
  boolean findable(PersonId person, TemplateId template) {
    Optional<Holding> holding = people.holding(person, gallery);
    try (Arena arena = Arena.ofConfined()) {
      return holding.filter(h -> h.template().equals(template.toString())).isPresent()
          && vault.compare(template, binding(), floats(template, arena))
              instanceof Reading.Read<Double> read
          && read.value() > 0.9999;
    }
  }

  /// Whether nothing of the template is left: destroyed in the records, not held by the vault.
  boolean destroyed(PersonId person, TemplateId template) {
    try (Arena arena = Arena.ofConfined()) {
      return people.holdings(person).stream().allMatch(h -> h.state() == Holding.State.DESTROYED)
          && vault.compare(template, binding(), floats(template, arena))
              instanceof Reading.NotHeld<Double>;
    }
  }

  boolean withdrawn(ConsentId consent) {
    return consents.find(consent).flatMap(Consent::withdrawnAt).isPresent();
  }

  /// Templates that the vault holds and nobody owns.
  Set<String> orphans() {
    Set<String> held = new HashSet<>();
    vault.list().forEach(one -> held.add(one.template().toString()));
    held.removeAll(people.ownedTemplates());
    return held;
  }

  private Binding binding() {
    return new Binding(MODEL, purpose.value(), GalleryId.of(gallery.vaultId()));
  }

  /// The face of a template follows from its id.
  private static MemorySegment floats(TemplateId template, Arena arena) {
    Random random = new Random(template.toString().hashCode());
    float[] values = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }

  @Override
  public void close() {
    try {
      vault.close();
      root.close();
    } finally {
      trail.close();
      database.close();
    }
  }
}
