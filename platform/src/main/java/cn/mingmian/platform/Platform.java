package cn.mingmian.platform;

import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.ledger.Ed25519Signer;
import cn.mingmian.ledger.TransparencyLog;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.platform.agenda.Agenda;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Recovery;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.backup.Backups;
import cn.mingmian.platform.complaints.Complaints;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.consent.Receipts;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.controls.SelfCheck;
import cn.mingmian.platform.defence.CanaryAttackCheck;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.defence.Uptime;
import cn.mingmian.platform.documents.Press;
import cn.mingmian.platform.enrol.Capture;
import cn.mingmian.platform.enrol.Enrolment;
import cn.mingmian.platform.enrol.PresentationAttackCheck;
import cn.mingmian.platform.filing.Dossiers;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.platform.keys.Unlock;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.orders.Orders;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.passes.OwnWays;
import cn.mingmian.platform.passes.Passes;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.permit.FactGatherer;
import cn.mingmian.platform.permit.PermitCheck;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.RulePacks;
import cn.mingmian.platform.permit.Sessions;
import cn.mingmian.platform.permit.Tasks;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.recognise.Recognition;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.IdempotentWrites;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.platform.requests.Requests;
import cn.mingmian.platform.retention.Sweeper;
import cn.mingmian.platform.rights.CertificateKey;
import cn.mingmian.platform.rights.Rights;
import cn.mingmian.platform.setup.Activation;
import cn.mingmian.platform.setup.SetupDrafts;
import cn.mingmian.platform.setup.StarterSetup;
import cn.mingmian.platform.staff.Logins;
import cn.mingmian.platform.staff.Staff;
import cn.mingmian.platform.staff.StaffKey;
import cn.mingmian.platform.staff.Viewings;
import cn.mingmian.platform.templates.SealingCheck;
import cn.mingmian.platform.templates.Templates;
import cn.mingmian.platform.templates.VaultAccessCheck;
import cn.mingmian.platform.viewing.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Joins the packages of the platform: opens what they need in one data directory, hands out their
/// doors, closes everything in reverse order. Thread-safe; whoever opens, closes.
///
/// Layout of the data directory: `postgres/` the embedded database, `log/` the transparency log as
/// it is served, `keys/` what must not leave with a backup of the records.
public final class Platform implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Database database;
  private final VerifierKey logKey;
  private final AuditTrail trail;
  private final Books books;
  private final Statements statements;
  private final Purposes purposes;
  private final Places places;
  private final People people;
  private final Staff staff;
  private final Viewings viewings;
  private final Views views;
  private final Logins logins;
  private final Passes passes;
  private final Codes codes;
  private final OwnWays ownWays;
  private final Orders orders;
  private final Notices notices;
  private final Consents consents;
  private final Receipts receipts;
  private final Requests requests;
  private final Complaints complaints;
  private final Press press;
  private final Assessments assessments;
  private final Controls controls;
  private final Defence defence;
  private final Filing filing;
  private final IdempotentWrites idempotentWrites;
  private final LazyEngine engine;
  private final ModelOrigin modelOrigin;
  private final Keys keys;
  private final Templates templates;
  private final Tasks tasks;
  private final RulePacks packs;
  private final Permits permits;
  private final Sessions sessions;
  private final Enrolment enrolment;
  private final Recognition recognition;
  private final Path vaultDirectory;
  private final Backups backups;
  private volatile Templates.Reconciled reconciled;
  private final Rights rights;
  private final Sweeper sweeper;
  private final Agenda agenda;

  /// Where a given database is.
  public record DatabaseAddress(String url, String user, String password) {
    @Override
    public String toString() {
      return "%s as %s".formatted(url, user);
    }
  }

  /// How to open the platform.
  ///
  /// @param dataDirectory created if absent; one process at a time
  /// @param givenDatabase empty means the embedded one
  /// @param modelsDirectory where the model pack was installed
  /// @param logOrigin the log's name, like a URL without its scheme
  /// @param packs the rule packs that apply besides the law in force until somebody chooses
  /// @param unlock which root and suite are wished for, and where the root's secret comes from
  public record Options(
      Path dataDirectory,
      Optional<DatabaseAddress> givenDatabase,
      Path modelsDirectory,
      String logOrigin,
      Set<Pack> packs,
      Unlock unlock) {
    public Options {
      packs = Set.copyOf(packs);
    }

    /// With a key file as the root, made at the first start.
    public Options(
        Path dataDirectory,
        Optional<DatabaseAddress> givenDatabase,
        Path modelsDirectory,
        String logOrigin,
        Set<Pack> packs) {
      this(dataDirectory, givenDatabase, modelsDirectory, logOrigin, packs, Unlock.standard());
    }

    public Options with(Unlock other) {
      return new Options(dataDirectory, givenDatabase, modelsDirectory, logOrigin, packs, other);
    }

    /// Everything embedded in one directory, the recommended standards applied.
    public static Options in(Path dataDirectory, Path modelsDirectory) {
      return new Options(
          dataDirectory, Optional.empty(), modelsDirectory, "mingmian.local/log", Pack.BY_DEFAULT);
    }

    /// Opens the records; the caller closes them.
    public Database openRecords(SecureRandom random) {
      return givenDatabase
          .map(d -> Database.at(d.url(), d.user(), d.password()))
          .orElseGet(() -> Database.embedded(dataDirectory, random));
    }
  }

  private Platform(
      Options options,
      Supplier<Database> records,
      Clock clock,
      Uptime uptime,
      SecureRandom random,
      Function<Supplier<FaceEngine>, SelfCheck> attackCheck) {
    boolean done = false;
    try {
      Path data = options.dataDirectory();
      Ids ids = new Ids(random);
      database = keep(records.get());
      Ed25519Signer signer =
          keep(
              Ed25519Signer.openOrCreate(
                  directory(data.resolve("keys")).resolve("log.pem"), options.logOrigin(), random));
      logKey = signer.verifierKey();
      Path logDirectory = directory(data.resolve("log"));
      trail =
          keep(
              AuditTrail.open(
                  database, () -> TransparencyLog.open(logDirectory, signer), clock, ids));
      books = new Books(database, trail, clock, ids);
      statements = new Statements(books);
      purposes = new Purposes(books);
      places = new Places(books, statements);
      people = new People(books);
      staff = new Staff(books);
      viewings = new Viewings(books);
      logins =
          new Logins(
              books,
              staff,
              keep(StaffKey.openOrCreate(data.resolve("keys").resolve("staff.key"), random)),
              random);
      passes =
          new Passes(books, people, places, data.resolve("keys").resolve("passes.key"), random);
      codes = new Codes(books, people, random);
      ownWays = new OwnWays(books, places, passes);
      orders = new Orders(books);
      notices = new Notices(books, purposes, places);
      consents = new Consents(books, people, notices);
      receipts = new Receipts(books, consents, notices, places);
      press = new Press(clock);
      requests = new Requests(books, people);
      complaints = new Complaints(books);
      engine =
          keep(
              new LazyEngine(
                  new ModelStore(options.modelsDirectory()), ModelPack.byDefault().forOperation()));
      modelOrigin = new ModelOrigin(statements, ModelPack.byDefault());
      assessments = new Assessments(books, purposes, places, engine::settings);
      controls = new Controls(books);
      defence = new Defence(books, uptime);
      defence.guard(guarded(options, data));
      filing = new Filing(books, people, Deadlines.published());
      idempotentWrites = new IdempotentWrites(database, clock);

      // Faces: whatever a crash left half done is ended before the first of them is looked at.
      vaultDirectory = directory(data.resolve("vault"));
      keys = keep(Keys.open(books, data, options.unlock(), random));
      templates = new Templates(books, keys.vault(), people, consents, random);
      packs = new RulePacks(statements, options.packs());
      Tasks openTasks = new Tasks(books);
      tasks = openTasks;
      permits =
          new Permits(
              books,
              Rulebook.standard(),
              new FactGatherer(
                  books,
                  places,
                  purposes,
                  people,
                  viewings,
                  orders,
                  notices,
                  consents,
                  assessments,
                  controls,
                  defence,
                  filing,
                  packs),
              openTasks);
      sessions = new Sessions(books, places, purposes, notices, modelOrigin, permits);
      Capture capture = new Capture(engine, places, modelOrigin, defence);
      enrolment = new Enrolment(sessions, permits, capture, templates, books);
      recognition =
          new Recognition(sessions, permits, capture, templates, purposes, defence, books);
      reconciled = templates.reconcile(vaultDirectory);
      CertificateKey certificates =
          CertificateKey.openOrCreate(data.resolve("keys").resolve("certificates.key"), random);
      views = new Views(books, viewings, people, consents, permits, templates);
      rights = new Rights(books, people, places, consents, permits, templates, keys, certificates);
      sweeper = new Sweeper(books, people, places, consents, permits, templates, keys);
      agenda =
          new Agenda(
              books,
              new Agenda.Records(
                  statements,
                  purposes,
                  places,
                  people,
                  orders,
                  notices,
                  assessments,
                  controls,
                  filing,
                  permits,
                  tasks,
                  setupDrafts()),
              Deadlines.published());
      backups = new Backups(books, keys, data);
      keys.rotateEpochIfDue();
      Path scratch = directory(data.resolve("self-check"));
      controls.register(new SealingCheck(scratch, keys, random, clock));
      controls.register(
          new VaultAccessCheck(vaultDirectory, data.resolve("keys"), scratch, keys, random, clock));
      controls.register(new PermitCheck(permits, books));
      controls.register(attackCheck.apply(engine));
      controls.register(new CanaryAttackCheck(defence, books));
      tell(Kind.STARTED);
      done = true;
    } finally {
      if (!done) closeAll();
    }
  }

  /// Opens everything; finishes what a crash left behind.
  ///
  /// @throws cn.mingmian.platform.records.DatabaseException if the database cannot serve
  /// @throws cn.mingmian.platform.keys.KeysUnavailableException if the root is lost or wrong
  public static Platform open(Options options, Clock clock, SecureRandom random) {
    return open(options, () -> options.openRecords(random), clock, random);
  }

  /// As above, over records that the caller opened; they are closed with the platform.
  public static Platform open(
      Options options, Supplier<Database> records, Clock clock, SecureRandom random) {
    return open(options, records, clock, Uptime.beside(clock), random);
  }

  /// As above, with the running time that the clock is held against.
  public static Platform open(
      Options options,
      Supplier<Database> records,
      Clock clock,
      Uptime uptime,
      SecureRandom random) {
    return open(options, records, clock, uptime, random, PresentationAttackCheck::new);
  }

  /// As above, with another trial of the liveness check: a process that is killed every second or
  /// two has no time to load the models for it.
  static Platform open(
      Options options,
      Supplier<Database> records,
      Clock clock,
      Uptime uptime,
      SecureRandom random,
      Function<Supplier<FaceEngine>, SelfCheck> attackCheck) {
    return new Platform(options, records, clock, uptime, random, attackCheck);
  }

  /// What recognition rests on and nobody changes while it runs: the model files and the log's key.
  private static List<Path> guarded(Options options, Path data) {
    List<Path> files = new ArrayList<>(List.of(data.resolve("keys").resolve("log.pem")));
    for (ModelPack pack : ModelPack.known()) {
      for (ModelPack.ModelFile file : pack.files()) {
        Path path = options.modelsDirectory().resolve(pack.id()).resolve(file.fileName());
        if (Files.exists(path)) files.add(path);
      }
    }
    return files;
  }

  /// After a restored backup: does again every withdrawal and erasure that the log knows and the
  /// database forgot. For a platform that serves nobody yet: enrolling meanwhile is not foreseen.
  public Recovery recover(Actor by) {
    Recovery recovery =
        trail.recover(List.of(consents.reapplyWithdrawals(), people.reapplyErasures()), by);
    // Whoever withdrew after the backup has a template again if faces were restored with it.
    sweeper.sweep();
    reconciled = templates.reconcile(vaultDirectory);
    return recovery;
  }

  public Database database() {
    return database;
  }

  public VerifierKey logKey() {
    return logKey;
  }

  public AuditTrail trail() {
    return trail;
  }

  public Books books() {
    return books;
  }

  public Statements statements() {
    return statements;
  }

  public RulePacks packs() {
    return packs;
  }

  public Purposes purposes() {
    return purposes;
  }

  public Places places() {
    return places;
  }

  public People people() {
    return people;
  }

  /// Who works for the operator, and as what.
  public Staff staff() {
    return staff;
  }

  /// Who asked to see whom, and who let them.
  public Viewings viewings() {
    return viewings;
  }

  /// The one way in which staff see a person's records.
  public Views views() {
    return views;
  }

  /// How staff prove to be themselves.
  public Logins logins() {
    return logins;
  }

  /// QR passes.
  public Passes passes() {
    return passes;
  }

  /// PINs and one-time codes.
  public Codes codes() {
    return codes;
  }

  /// Tries the ways in that this program runs itself.
  public OwnWays ownWays() {
    return ownWays;
  }

  public Orders orders() {
    return orders;
  }

  public Notices notices() {
    return notices;
  }

  public Consents consents() {
    return consents;
  }

  /// What people keep of their consents.
  public Receipts receipts() {
    return receipts;
  }

  /// What people ask for, until it is answered.
  public Requests requests() {
    return requests;
  }

  /// What anybody complains of, until the result is told.
  public Complaints complaints() {
    return complaints;
  }

  /// Prints papers as PDF.
  public Press press() {
    return press;
  }

  public Assessments assessments() {
    return assessments;
  }

  public Controls controls() {
    return controls;
  }

  /// What notices attacks, and what stands still because of one.
  public Defence defence() {
    return defence;
  }

  public Filing filing() {
    return filing;
  }

  public IdempotentWrites idempotentWrites() {
    return idempotentWrites;
  }

  /// What had to be put in order between vault and records at this start.
  public Templates.Reconciled reconciled() {
    return reconciled;
  }

  /// Loads the models now instead of with the first photo.
  ///
  /// @throws cn.mingmian.engine.ModelStore.ModelPackException if a model is absent or not the
  /// pinned file
  public void warmUp() {
    engine.get();
  }

  /// What the operator decided about models of unproven origin; open points stop every face.
  public ModelOrigin modelOrigin() {
    return modelOrigin;
  }

  public Permits permits() {
    return permits;
  }

  /// Duties that wait for somebody.
  public Tasks tasks() {
    return tasks;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Enrolment enrolment() {
    return enrolment;
  }

  /// Sets a usual place up in one go; the operator's first step.
  public StarterSetup starterSetup() {
    return new StarterSetup(
        statements, purposes, places, notices, assessments, controls, modelOrigin);
  }

  /// What goes to the authority.
  public Dossiers dossiers() {
    return new Dossiers(
        books,
        new Dossiers.Records(places, purposes, people, notices, assessments, controls, filing),
        press);
  }

  /// Set-ups that one writes and another approves.
  public SetupDrafts setupDrafts() {
    return new SetupDrafts(books, starterSetup(), notices, permits);
  }

  /// Switches devices on.
  public Activation activation() {
    return new Activation(places, permits);
  }

  public Recognition recognition() {
    return recognition;
  }

  public Keys keys() {
    return keys;
  }

  public Backups backups() {
    return backups;
  }

  public Rights rights() {
    return rights;
  }

  /// What is to be done today.
  public Agenda agenda() {
    return agenda;
  }

  /// For trials that have no time to load the models: what is kept there still takes a permit.
  Templates templates() {
    return templates;
  }

  public Sweeper sweeper() {
    return sweeper;
  }

  @Override
  public void close() {
    try {
      if (database.answers()) tell(Kind.STOPPED);
    } finally {
      closeAll();
    }
  }

  private void tell(Kind kind) {
    database.transact(() -> books.tell(Entry.of(kind)));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.push(resource);
    return resource;
  }

  private void closeAll() {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      AutoCloseable next = opened.pop();
      try {
        next.close();
      } catch (Exception e) {
        // Closing goes on whatever fails: an open database is worse than a lost message.
        RuntimeException failure =
            e instanceof RuntimeException r
                ? r
                : new IllegalStateException("closing `%s` failed".formatted(next.getClass()), e);
        if (first == null) first = failure;
        else first.addSuppressed(failure);
      }
    }
    if (first != null) throw first;
  }

  private static Path directory(Path path) {
    try {
      Files.createDirectories(path);
      return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("directory `%s`: %s".formatted(path, e.getMessage()), e);
    }
  }
}
