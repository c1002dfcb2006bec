package cn.mingmian.platform;

import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.ledger.Ed25519Signer;
import cn.mingmian.ledger.TransparencyLog;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Recovery;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.orders.Orders;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.IdempotentWrites;
import cn.mingmian.platform.records.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Orders orders;
  private final Notices notices;
  private final Consents consents;
  private final Assessments assessments;
  private final Controls controls;
  private final Filing filing;
  private final IdempotentWrites idempotentWrites;

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
  /// @param logOrigin the log's name, like a URL without its scheme
  /// @param engineSettings what of the engine an impact assessment rests on
  public record Options(
      Path dataDirectory,
      Optional<DatabaseAddress> givenDatabase,
      String logOrigin,
      Supplier<Map<String, String>> engineSettings) {}

  private Platform(Options options, Clock clock, SecureRandom random) {
    boolean done = false;
    try {
      Path data = options.dataDirectory();
      Ids ids = new Ids(random);
      database =
          keep(
              options
                  .givenDatabase()
                  .map(d -> Database.at(d.url(), d.user(), d.password()))
                  .orElseGet(() -> Database.embedded(data, random)));
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
      orders = new Orders(books);
      notices = new Notices(books, purposes, places);
      consents = new Consents(books, people, notices);
      assessments = new Assessments(books, purposes, places, options.engineSettings());
      controls = new Controls(books);
      filing = new Filing(books, people, Deadlines.published());
      idempotentWrites = new IdempotentWrites(database, clock);
      tell(Kind.STARTED);
      done = true;
    } finally {
      if (!done) closeAll();
    }
  }

  /// Opens everything; finishes what a crash left behind.
  ///
  /// @throws cn.mingmian.platform.records.DatabaseException if the database cannot serve
  public static Platform open(Options options, Clock clock, SecureRandom random) {
    return new Platform(options, clock, random);
  }

  /// After a restored backup: does again every withdrawal and erasure that the log knows and the
  /// database forgot.
  public Recovery recover(Actor by) {
    return trail.recover(List.of(consents.reapplyWithdrawals(), people.reapplyErasures()), by);
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

  public Purposes purposes() {
    return purposes;
  }

  public Places places() {
    return places;
  }

  public People people() {
    return people;
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

  public Assessments assessments() {
    return assessments;
  }

  public Controls controls() {
    return controls;
  }

  public Filing filing() {
    return filing;
  }

  public IdempotentWrites idempotentWrites() {
    return idempotentWrites;
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
